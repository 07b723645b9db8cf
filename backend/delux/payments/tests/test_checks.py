import pytest

from delux.payments.checks import no_mock_gateway_in_production


@pytest.mark.parametrize(
    ("production", "mock", "refused"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_production_does_not_start_with_the_mock_gateway(settings, production, mock, refused) -> None:
    settings.PRODUCTION, settings.MOCK_GATEWAY = production, mock
    assert [problem.id for problem in no_mock_gateway_in_production()] == ["payments.E001"] * refused
