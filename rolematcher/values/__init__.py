"""Small frozen values that every room speaks: messages, money, amounts as people write them, clean text."""
