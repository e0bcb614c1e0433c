"""Single questions: what a sentence says for one of them, and silence where a text is silent."""

import pytest

BOT = "We need a chatbot on the OpenAI API for our web app. "
MODEL = "Train a model that predicts which customers cancel. "
FLOW = "Automate our invoices with Zapier. "


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        (MODEL + "We have labelled data of four years.", "data", "labelled"),
        (MODEL + "The recordings are raw data, not labelled yet.", "data", "raw"),
        (MODEL + "There is no training data so far.", "data", "none"),
        (BOT + "Nobody has tried a ready-made service.", "evidence", "untested"),
        (BOT + "We tried GPT and the answers were not good enough.", "evidence", "failed"),
        (BOT + "We tested it with ChatGPT and the result works well.", "evidence", "ok"),
        (BOT + "A proof of concept first.", "stage", "prototype"),
        (BOT + "It must run in production for all customers.", "stage", "production"),
        (BOT + "Documents must not leave our network.", "sensitivity", "must_stay_inside"),
        (BOT + "It sees patient records; HIPAA applies.", "sensitivity", "confidential"),
        (BOT + "All texts are publicly available.", "sensitivity", "public"),
        (BOT + "It supports medical diagnosis.", "harm", "dangerous"),
        (BOT + "Answers concern insurance claims and compliance.", "harm", "costly"),
        (BOT + "Every draft gets human review before it is sent.", "harm", "little"),
        (BOT + "You report to our CTO.", "lead", "technical"),
        (BOT + "I have no technical background.", "lead", "non_technical"),
        (BOT + "You build and maintain it.", "keeper", "hire"),
        (BOT + "Hand over to our team at the end.", "keeper", "team"),
        (BOT + "Our developers will help.", "team", ["developers"]),
        (BOT + "There is no technical person in our company.", "team", ["nobody"]),
        (BOT + "We want a fine-tuned model of our own.", "wish", "finetune"),
        (BOT + "Our own app gets a new screen for it.", "app", "yes"),
        (FLOW + "No app, no user interface: it runs in the background.", "app", "no"),
        (FLOW, "platform", "no_code"),
        (BOT + "Python, FastAPI and Postgres.", "platform", "code"),
        (BOT + "Permanent position with pension and paid holiday.", "engagement", "permanent"),
        (BOT + "Six-month contract, outside IR35.", "engagement", "contract"),
        (BOT + "Freelance, milestones, fixed price.", "engagement", "freelance_marketplace"),
        (BOT + "We are looking for an agency.", "engagement", "agency"),
        (BOT + "A dedicated developer, offshore or nearshore.", "engagement", "embedded_offshore"),
        (BOT + "Fully remote.", "remote", "yes"),
        (BOT + "Hybrid, three days a week in the office.", "remote", "no"),
        (BOT + "Not remote: you sit with us.", "remote", "no"),
    ],
)
def test_a_sentence_answers_its_question(text, fact, value, answers_of):
    assert answers_of(text).get(fact) == value


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("Sync new orders from Shopify to Xero and post a message in Slack, with Make.", "connect"),
        ("Summarise support e-mails and draft replies with an LLM.", "language"),
        (
            "Agents that plan, choose tools and carry out tasks by themselves: agentic AI, multi-agent.",
            "agent",
        ),
        ("Forecast demand per shop and week with gradient boosting.", "predict"),
        ("Face recognition at the gate with a camera and computer vision.", "vision_common"),
        ("Detect surface defects of our parts in camera pictures with computer vision.", "vision_special"),
    ],
)
def test_the_kind_of_work_is_told_apart(text, work, answers_of):
    assert answers_of(text)["work"] == work


def test_nothing_is_suggested_where_the_text_says_nothing(answers_of):
    silent = ("evidence", "team", "data", "stage", "sensitivity", "harm", "budget", "place", "timeline")
    answers = answers_of("We need a chatbot that answers questions with GPT-4.")
    assert [fact for fact in silent if fact in answers] == []


def test_musts_are_at_most_five_tools_as_written_and_none_of_them_nice_to_have(answers_of):
    text = """Build RAG with LangChain, Pinecone, OpenAI, FastAPI, PostgreSQL, Docker and Redis.
Nice to have: Rust"""
    musts = answers_of(text)["musts"]
    assert len(musts) == 5
    assert "LangChain" in musts
    assert "Rust" not in musts


def test_lines_under_a_heading_about_success_are_taken_over(answers_of):
    text = """Build a chatbot with GPT-4 for our help centre.
What success looks like
- Half of all questions are answered without a person
- No wrong prices"""
    assert answers_of(text)["success"] == [
        "Half of all questions are answered without a person",
        "No wrong prices",
    ]


def test_more_and_plainer_evidence_makes_a_stronger_word(reading_of):
    hint = reading_of("We look for an AI expert who knows LLMs.").suggestion("work")
    clear = reading_of(
        "Build RAG over our manuals: embeddings, vector database, prompts, citations, GPT-4, a chatbot."
    ).suggestion("work")
    assert (hint.strength, clear.strength) == ("hint", "clear")
