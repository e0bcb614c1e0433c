"""Pay: places, currencies, observations, model -> estimate, budget verdict, cost. Pure, no Django.

`work_out.pay_report` gives the money of a decision, `market.Market` single cells. The model is fitted by
`making.model_fit`, tested by `making.model_backtest`.
"""
