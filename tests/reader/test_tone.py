"""The same words meant otherwise: denied, put as a maybe, done by others, background, mere experience."""

import pytest


def test_fine_tuning_that_is_not_needed_is_no_wish(answers_of):
    text = "Build a chatbot with RAG over our documents on the OpenAI API. No fine-tuning needed."
    assert answers_of(text)["wish"] == "no"


def test_a_denial_runs_through_a_list(answers_of):
    text = "An AI assistant that answers customers with GPT. No model training, fine-tuning or own models."
    assert answers_of(text)["wish"] == "no"


def test_a_denial_ends_at_but(reading_of):
    text = "We do not want a chatbot but a model trained on our labelled data that forecasts demand."
    reading = reading_of(text)
    assert reading.answers()["work"] == "predict"


def test_not_only_denies_nothing(answers_of):
    assert (
        answers_of("Not only a chatbot with GPT-4 but a whole AI assistant for our app.")["work"]
        == "language"
    )


def test_instead_of_denies_what_follows(answers_of):
    text = "We need workflow automation in Make instead of machine learning models."
    assert answers_of(text)["work"] == "connect"


def test_a_maybe_weighs_less_than_the_task(reading_of):
    text = (
        "Connect our CRM and our accounting by Zapier so that invoices are sent automatically. "
        "Maybe later we train a machine learning model that predicts churn."
    )
    answers = reading_of(text).answers()
    assert (answers["work"], answers["platform"]) == ("connect", "no_code")
    assert "wish" not in answers


def test_what_others_do_is_not_the_task(answers_of):
    text = (
        "Our data science team already trains the models in PyTorch. "
        "You build the LLM application around them: RAG, prompts, a React front end, evaluation of answers."
    )
    answers = answers_of(text)
    assert answers["work"] == "language"
    assert answers["team"] == ["ml"]


def test_what_is_nice_to_have_does_not_decide(answers_of):
    text = """What you'll do
- Build zaps and Make scenarios that connect HubSpot, Slack and Xero
- Document the workflows
Nice to have
- PyTorch, TensorFlow, deep learning
- LangChain"""
    assert answers_of(text)["work"] == "connect"


def test_what_the_company_does_is_not_the_task(answers_of):
    text = """About us
We are a machine learning company: computer vision models for farms, trained on millions of images.
What you will do
Automate our invoicing and onboarding with Zapier and Airtable."""
    assert answers_of(text)["work"] == "connect"


@pytest.mark.parametrize(
    "text",
    [
        "Please make sure the prompts for our GPT chatbot are safe.",
        "Make the RAG pipeline faster and the answers of the chatbot better.",
    ],
)
def test_the_verb_make_is_not_the_tool(text, answers_of):
    assert answers_of(text).get("platform") != "no_code"


def test_the_tool_make_is_found_between_words(answers_of):
    assert answers_of("We want scenarios in Make that sync new orders to Xero.")["platform"] == "no_code"


@pytest.mark.parametrize(
    "text",
    [
        "Test automation engineer for Selenium and regression tests.",
        "Industrial automation with Siemens PLC and SCADA, commissioning on site.",
        "Automate infrastructure with Terraform and Ansible, keep Kubernetes clusters running.",
    ],
)
def test_the_word_automation_alone_decides_nothing(text, reading_of):
    assert reading_of(text).refused


def test_a_data_model_is_no_model_to_train(answers_of):
    text = "Design the data model and the RAG pipeline for our LLM assistant; train the team to use it."
    assert "wish" not in answers_of(text)
