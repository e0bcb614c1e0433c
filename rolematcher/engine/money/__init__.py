"""The money: sourced observations in, estimates, budget, cost and time to hire out (`money_brief`)."""
