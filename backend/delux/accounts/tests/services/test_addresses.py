import pytest

from delux.accounts.services.addresses import BadAddress, check_address, parse_phone

KZ = {
    "market": "KZ",
    "country": "KZ",
    "region": "",
    "city": "Almaty",
    "street": "Abay 10",
    "postal_code": "050000",
    "recipient": "Aliya",
    "phone": "+77012345678",
}
KG = KZ | {"market": "KG", "country": "KG", "city": "Bishkek", "postal_code": "720001", "phone": "0555123456"}
US = KZ | {
    "market": "US",
    "country": "US",
    "region": "ny",
    "postal_code": "10001-1234",
    "phone": "(212) 555-0123",
}


def problems(**fields):
    with pytest.raises(BadAddress) as refused:
        check_address(**fields)
    return {problem.pointer: problem.code for problem in refused.value.problems}


def test_a_good_address_of_each_market_is_stored_in_one_form():
    assert check_address(**KZ) == {name: KZ[name] for name in KZ if name != "market"}
    assert check_address(**KZ | {"postal_code": " a10f5k3 "})["postal_code"] == "A10F5K3"
    assert check_address(**KG)["phone"] == "+996555123456"
    american = check_address(**US)
    assert (american["region"], american["postal_code"], american["phone"]) == (
        "NY",
        "10001-1234",
        "+12125550123",
    )


@pytest.mark.parametrize(
    ("address", "change", "pointer", "code"),
    [
        (KZ, {"postal_code": "05000"}, "/postal_code", "bad_postal_code"),
        (KZ, {"postal_code": "A10F5K"}, "/postal_code", "bad_postal_code"),
        (KZ, {"postal_code": "٠٥٠٠٠٠"}, "/postal_code", "bad_postal_code"),
        (KZ, {"postal_code": "050000\n1"}, "/postal_code", "bad_postal_code"),
        (KG, {"postal_code": "A10F5K3"}, "/postal_code", "bad_postal_code"),
        (US, {"postal_code": "1000"}, "/postal_code", "bad_postal_code"),
        (US, {"region": "Almaty"}, "/region", "bad_state"),
        (US, {"region": ""}, "/region", "bad_state"),
        (KZ, {"country": "KG"}, "/country", "other_market"),
        (KZ, {"market": "ALL", "country": "ALL"}, "/country", "other_market"),
        (KZ, {"phone": "12"}, "/phone", "bad_phone"),
        (KZ, {"phone": "not a phone"}, "/phone", "bad_phone"),
        (KZ, {"phone": "+7701234567890123456789"}, "/phone", "bad_phone"),
        (KZ, {"recipient": " "}, "/recipient", "blank"),
        (KZ, {"city": ""}, "/city", "blank"),
        (KZ, {"street": "\t"}, "/street", "blank"),
    ],
)
def test_what_is_wrong_is_named(address, change, pointer, code):
    assert problems(**address | change) == {pointer: code}


def test_all_that_is_wrong_is_named_at_once_where_the_caller_keeps_it():
    found = problems(**KZ | {"postal_code": "1", "phone": "1", "city": ""}, within="/shipping_address")

    assert found.keys() == {
        "/shipping_address/postal_code",
        "/shipping_address/phone",
        "/shipping_address/city",
    }


def test_a_traveller_s_own_number_is_good_anywhere():
    assert parse_phone("+49 1512 3456789", country="KZ") == "+4915123456789"
