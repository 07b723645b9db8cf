"""Two devices change one password at the same moment."""

import threading
from collections import Counter

import pytest
from django.db import connection
from django.utils import timezone

from delux.accounts.models import User
from delux.accounts.services import passwords
from delux.accounts.tests.factories import PASSWORD, UserFactory
from delux.core.errors import DomainError


@pytest.fixture
def both_have_proved(monkeypatch):
    """Two who change a password meet after each has proved the old one and before either sets the new one."""
    meeting, check = threading.Barrier(2), passwords.check_new_password

    def check_and_wait(password, *, user, field):
        check(password, user=user, field=field)
        meeting.wait(timeout=10)

    monkeypatch.setattr(passwords, "check_new_password", check_and_wait)


def change_at_once(person: User) -> Counter[str]:
    outcomes: list[str] = []

    def change(new: str) -> None:
        try:
            passwords.change_password(
                user=User.objects.get(pk=person.pk),
                current=PASSWORD,
                new=new,
                address="192.0.2.1",
                device="",
                user_agent="",
                now=timezone.now(),
            )
            outcomes.append("changed")
        except DomainError as error:
            outcomes.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=change, args=(f"downhill-{n}-with-bells",)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(outcomes)


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_of_one_password_the_second_is_refused(both_have_proved):
    person = UserFactory()

    assert change_at_once(person) == {"changed": 1, "wrong_password": 1}


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_second_undoes_the_first(both_have_proved, monkeypatch):
    """What the lock is for: whoever knew the old password takes the account back from its owner."""
    monkeypatch.setattr(passwords, "still_has", lambda _user: True)
    person = UserFactory()

    assert change_at_once(person) == {"changed": 2}
