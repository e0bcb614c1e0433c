"""Pay: places, currencies, observations, model -> estimate, budget verdict, cost. Pure, no Django.

The model is fitted by `making.model_fit`, tested by `making.model_backtest`.
"""

from .advert import advert_range, may_be_called_pay, transparency_of
from .figures import Figures, Licence, figures_packaged, licences_packaged, rows_packaged
from .market import Market, market_of
from .observation import Observation, observation_read, observation_row
from .plausible import RowError, observation_errors
from .report import Estimate, PayReport
from .weights import Weights, weights_read
from .work_out import pay_facts, pay_report

__all__ = [
    "Estimate",
    "Figures",
    "Licence",
    "Market",
    "Observation",
    "PayReport",
    "RowError",
    "Weights",
    "advert_range",
    "figures_packaged",
    "licences_packaged",
    "market_of",
    "may_be_called_pay",
    "observation_errors",
    "observation_read",
    "observation_row",
    "pay_facts",
    "pay_report",
    "rows_packaged",
    "transparency_of",
    "weights_read",
]
