import pytest


@pytest.mark.django_db
def test_a_refused_query_is_told_to_each_reader_in_their_own_language(client) -> None:
    told = []
    for language in ("ru", "en", "ru"):
        answer = client.get("/api/v1/events/?page=0", headers={"Accept-Language": language})
        told.append(answer.json()["errors"][0]["detail"])

    assert told == ["Не меньше 1.", "Ensure this value is greater than or equal to 1.", "Не меньше 1."]
