"""Every address of follow-up; each room of it has a list of its own."""

from tillit.web.followup import (
    deviations_paths,
    goals_paths,
    indicators_paths,
    logic_paths,
    reporting_paths,
    scorecard_paths,
    surveys_paths,
    trials_paths,
)

app_name = "followup"

urlpatterns = [
    *scorecard_paths.paths,
    *goals_paths.paths,
    *logic_paths.paths,
    *indicators_paths.paths,
    *reporting_paths.paths,
    *surveys_paths.paths,
    *trials_paths.paths,
    *deviations_paths.paths,
]
