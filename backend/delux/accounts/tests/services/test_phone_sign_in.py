"""Whose account a number opens, and how one becomes somebody's."""

import pytest
from django.utils import timezone

from delux.accounts.models import EmailProof, TokenFamily, User
from delux.accounts.services.email_adding import add_email, send_email_code
from delux.accounts.services.phone_sign_in import confirm_phone, sign_in_by_phone
from delux.accounts.services.proofs import TRIES, CodeOver, WrongCode, code_of
from delux.accounts.tests.factories import UserFactory
from delux.accounts.tests.services.test_phone_codes import PHONE, Purpose, ask
from delux.accounts.tests.services.test_proofs import outcome, outcomes, wrong


def bring_back(code, digits=None, *, known=False, address="192.0.2.1"):
    return sign_in_by_phone(
        challenge=code.key,
        code=digits or code_of(code),
        first_name="Aliya",
        language="en",
        address=address,
        is_known_browser=lambda _email: known,
        user_agent="Firefox",
        now=timezone.now(),
    )[0]


def confirm(user, code, digits=None):
    return confirm_phone(
        user=user,
        challenge=code.key,
        code=digits or code_of(code),
        address="192.0.2.1",
        now=timezone.now(),
    )


def by_phone(phone=PHONE, **fields):
    return UserFactory(email=None, phone=phone, phone_verified_at=timezone.now(), **fields)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("phone", "market", "currency"),
    [(PHONE, "KZ", "KZT"), ("+996700123456", "KG", "KGS"), ("+17185552368", "US", "USD")],
)
def test_a_code_makes_an_account_in_the_market_of_the_number(phone, market, currency):
    user = bring_back(ask(phone))

    assert (user.phone, user.email, user.first_name) == (phone, None, "Aliya")
    assert (user.market, user.currency, user.language) == (market, currency, "en")
    assert user.phone_verified_at is not None
    assert not user.has_usable_password()


@pytest.mark.django_db
def test_a_code_signs_in_to_the_account_there_is_and_leaves_it_as_it_was():
    person = by_phone(first_name="Dana", market="KG")

    assert bring_back(ask()) == person
    person.refresh_from_db()
    assert (person.first_name, person.market) == ("Dana", "KG")


@pytest.mark.django_db
def test_a_code_works_once():
    code = ask()
    bring_back(code)

    with pytest.raises(CodeOver):
        bring_back(code)
    assert TokenFamily.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("known", [True, False], ids=["account", "no account"])
def test_five_uses_of_one_code_at_once_have_one_winner(known):
    if known:
        by_phone()
    code = ask()

    assert outcomes(TRIES, lambda: bring_back(code)) == {"ok": 1, "code_over": TRIES - 1}
    assert TokenFamily.objects.count() == User.objects.count() == 1


@pytest.mark.django_db
def test_a_blocked_account_is_not_opened():
    by_phone(is_active=False)

    assert outcome(lambda: bring_back(ask())) == "code_over"
    assert not TokenFamily.objects.exists()


@pytest.mark.django_db
def test_who_only_wrote_a_number_into_their_profile_loses_it_to_its_owner():
    squatter = UserFactory(phone=PHONE)

    owner = bring_back(ask())

    squatter.refresh_from_db()
    assert owner != squatter
    assert squatter.phone is None
    assert squatter.is_active
    assert owner.phone == PHONE


@pytest.mark.django_db
def test_a_blocked_persons_unproven_number_is_its_owners_to_come_by():
    UserFactory(phone=PHONE, is_active=False)

    assert bring_back(ask()).is_active


@pytest.mark.django_db
def test_ones_own_browser_proves_the_number_of_the_profile():
    person = UserFactory(phone=PHONE)

    assert bring_back(ask(), known=True) == person
    person.refresh_from_db()
    assert person.phone_verified_at is not None


@pytest.mark.django_db
def test_a_number_becomes_mine_by_its_code_in_place_of_the_one_i_had():
    person = UserFactory(phone="+77010000000")

    confirm(person, ask(purpose=Purpose.CONFIRM_PHONE))

    person.refresh_from_db()
    assert person.phone == PHONE
    assert bring_back(ask()) == person


@pytest.mark.django_db
def test_a_wrong_code_changes_no_number():
    person, code = UserFactory(phone="+77010000000"), ask(purpose=Purpose.CONFIRM_PHONE)

    with pytest.raises(WrongCode):
        confirm(person, code, wrong(code))
    person.refresh_from_db()
    assert person.phone == "+77010000000"


@pytest.mark.django_db
def test_a_code_to_sign_in_with_confirms_no_number():
    assert outcome(lambda: confirm(UserFactory(), ask())) == "code_over"


@pytest.mark.django_db
def test_the_number_somebody_signs_in_with_stays_theirs():
    owner, other = by_phone(), UserFactory()

    assert outcome(lambda: confirm(other, ask(purpose=Purpose.CONFIRM_PHONE))) == "phone_taken"
    other.refresh_from_db()
    owner.refresh_from_db()
    assert (owner.phone, other.phone) == (PHONE, None)


@pytest.mark.django_db
def test_a_number_somebody_only_wrote_down_goes_to_whoever_proves_it():
    writer, owner = UserFactory(phone=PHONE), UserFactory()

    confirm(owner, ask(purpose=Purpose.CONFIRM_PHONE))

    writer.refresh_from_db()
    assert (owner.phone, writer.phone) == (PHONE, None)


def mail_code(user, email="Aliya@example.com"):
    return send_email_code(user=user, email=email, address="192.0.2.1", now=timezone.now())


def add(user, proof, digits=None):
    return add_email(
        user=user,
        challenge=proof.key,
        code=digits or code_of(proof),
        address="192.0.2.1",
        now=timezone.now(),
    )


@pytest.mark.django_db
def test_who_came_by_phone_adds_an_email_by_the_code_mailed_there():
    person = by_phone()
    proof = mail_code(person)

    add(person, proof)

    person.refresh_from_db()
    assert person.email == "aliya@example.com"
    assert person.email_verified_at is not None
    assert outcome(lambda: add(by_phone("+77010000001"), proof)) == "code_over"


@pytest.mark.django_db
def test_an_email_is_added_by_the_right_code_of_its_own_purpose_alone():
    person = by_phone()
    proof = mail_code(person)
    EmailProof.objects.filter(pk=proof.pk).update(purpose=EmailProof.Purpose.SIGN_IN)
    other = mail_code(person)

    assert outcome(lambda: add(person, proof)) == "code_over"
    assert outcome(lambda: add(person, other, wrong(other))) == "wrong_code"
    person.refresh_from_db()
    assert person.email is None


@pytest.mark.django_db
def test_that_an_email_has_an_account_is_told_to_whoever_reads_its_mail_alone():
    UserFactory(email="aliya@example.com")
    person = by_phone()

    proof = mail_code(person)

    assert outcome(lambda: add(person, proof)) == "email_taken"


@pytest.mark.django_db
def test_who_has_an_email_adds_no_other():
    person = UserFactory()

    assert outcome(lambda: mail_code(person)) == "email_set"
    assert not EmailProof.objects.exists()


def test_others_are_told_the_name_then_the_email_then_the_end_of_the_number():
    said = [
        UserFactory.build(first_name="Dana", last_name="", email="dana@example.com", phone=PHONE).called,
        UserFactory.build(first_name="", last_name="", email="dana@example.com", phone=PHONE).called,
        UserFactory.build(first_name="", last_name="", email=None, phone=PHONE).called,
    ]

    assert said == ["Dana", "dana@example.com", "•••5678"]
