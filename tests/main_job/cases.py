"""The worked cases that must come out right, as answers and the role and recommendation expected of them."""

AI, ML, AUTO = "ai_engineer", "ml_engineer", "automation_specialist"

CHATBOT = {
    "work": "language",
    "app": "yes",
    "platform": "code",
    "stage": "production",
    "wish": "no",
    "team": ["developers"],
}
DEFECTS = {"work": "vision_special", "data": "labelled", "stage": "production", "evidence": "untested"}
MAIL = {
    "work": "language",
    "app": "no",
    "platform": "no_code",
    "evidence": "untested",
    "wish": "no",
    "stage": "production",
}

CASES = {
    "support chatbot over company documents": ({**CHATBOT, "evidence": "untested"}, AI, "hire"),
    "the same with a fine-tuned model of our own, nothing tried": (
        {**CHATBOT, "evidence": "untested", "wish": "finetune"},
        AI,
        "hire_then_review",
    ),
    "the same, tried and measured bad, own labelled examples": (
        {**CHATBOT, "evidence": "failed", "wish": "finetune", "data": "labelled"},
        ML,
        "hire",
    ),
    "the same, tried and bad, no labels": (
        {**CHATBOT, "evidence": "failed", "wish": "finetune", "data": "raw"},
        AI,
        "hire_then_review",
    ),
    "form to CRM to Slack": (
        {"work": "connect", "app": "no", "team": [], "evidence": "untested"},
        AUTO,
        "hire",
    ),
    "sort and route mail without a screen": ({**MAIL, "team": []}, AUTO, "hire"),
    "the same with somebody who builds automations": ({**MAIL, "team": ["automation"]}, AUTO, "use_team"),
    "churn from four years of labelled records": (
        {
            "work": "predict",
            "data": "labelled",
            "evidence": "untested",
            "team": ["developers"],
            "stage": "production",
        },
        ML,
        "hire",
    ),
    "churn, outcome never recorded": (
        {"work": "predict", "data": "none", "team": ["developers"]},
        ML,
        "collect_data",
    ),
    "reading printed invoices": (
        {
            "work": "vision_common",
            "evidence": "untested",
            "wish": "no",
            "app": "yes",
            "platform": "code",
            "team": [],
        },
        AI,
        "hire",
    ),
    "own defects on a live line, labelled, no developers": ({**DEFECTS, "team": []}, ML, "hire_pair"),
    "the same with an ML engineer on the team": ({**DEFECTS, "team": ["ml"]}, AI, "hire"),
    "a product exists": ({"work": "language", "evidence": "buy"}, AUTO, "buy"),
    "automate with AI and nothing else known": ({}, AI, "ask_first"),
    "an agent in the product with an AI engineer on the team": (
        {
            "work": "agent",
            "app": "yes",
            "platform": "code",
            "evidence": "untested",
            "wish": "no",
            "team": ["ai"],
        },
        AI,
        "use_team",
    ),
    "connect tools but train our own model": (
        {"work": "connect", "wish": "scratch", "app": "no"},
        AUTO,
        "ask_first",
    ),
    "recommendation engine prototype with labelled clicks": (
        {"work": "predict", "data": "labelled", "stage": "prototype", "evidence": "untested", "team": []},
        ML,
        "hire",
    ),
    "forecasting, a ready-made service tried and good enough": (
        {"work": "predict", "evidence": "ok", "app": "yes", "platform": "code", "team": []},
        AI,
        "hire",
    ),
    "voice transcription on existing models": (
        {
            "work": "language",
            "app": "yes",
            "platform": "code",
            "evidence": "untested",
            "wish": "no",
            "team": [],
        },
        AI,
        "hire",
    ),
    "medical imaging model": (
        {
            "work": "vision_special",
            "data": "labelled",
            "harm": "dangerous",
            "evidence": "failed",
            "wish": "scratch",
            "team": ["developers"],
            "stage": "production",
        },
        ML,
        "hire",
    ),
}

LINE = "We read délivery notes 📦 — مرحبا بكم في المشروع — 我们需要一个助手。 Not <b>bold</b>, text.\n"
LONG = (LINE * 60)[:5000]

BUDGETS = {
    "INR a year": {"amount": "1800000", "currency": "INR", "unit": "year", "kind": "pay"},
    "GBP a day": {"amount": "600", "currency": "GBP", "unit": "day", "kind": "pay"},
    "USD an hour": {"amount": "45.50", "currency": "USD", "unit": "hour", "kind": "total"},
    "EUR a project": {"amount": "20,000", "currency": "EUR", "unit": "project", "kind": "total"},
}

CLIENT = "Müller & Søn <Ltd>"
