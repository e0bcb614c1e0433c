"""The commands people and scripts run with `manage.py`."""
