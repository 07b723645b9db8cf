from django.contrib.auth.hashers import Argon2PasswordHasher


class OwaspArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id with OWASP's parameters (Password Storage Cheat Sheet: m = 19 MiB, t = 2, p = 1).

    Django's defaults (100 MiB, 8 lanes) cost 226 ms of CPU a sign-in and 100 MB of memory each, which lets a
    few guessers exhaust a worker.
    """

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1


class FastTestPasswordHasher(Argon2PasswordHasher):
    """For the test suite only: the same algorithm, too cheap to protect anyone."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
