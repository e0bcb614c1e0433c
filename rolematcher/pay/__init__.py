"""Pay: places, currencies, observations, model -> estimate, budget verdict, cost. Pure, no Django."""
