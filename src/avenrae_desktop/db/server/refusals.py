"""Why a server did not let us in, told in words: from its error codes, and from what TLS found."""

import ssl

from avenrae_desktop.db.server.address import Host
from avenrae_desktop.db.server.problems import (
    ACCOUNT_LOCKED,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_NOT_YET,
    HOST_SHUT_OUT,
    INSISTS_ON_TLS,
    NO_SUCH_PRACTICE,
    PASSWORD_EXPIRED,
    READ_ONLY,
    SERVER_AWAY,
    SERVER_FULL,
    SILENT,
    TLS_FAILED,
    TOO_MANY_TRIES,
    UNKNOWN_ISSUER,
    WRONG_NAME,
    WRONG_PASSWORD,
)
from avenrae_desktop.db.server.verdicts import Verdict, verdict_of_code
from avenrae_desktop.kernel.errors import (
    AppError,
    LinkLost,
    MustChoosePassword,
    NotAllowed,
    Problem,
    RuleBroken,
    TryAgain,
    Unavailable,
)

# OpenSSL's X509_V_ERR_...; what is not named here is an issuer that nobody vouches for.
_VERIFY: dict[int, Problem] = {9: CERTIFICATE_NOT_YET, 10: CERTIFICATE_EXPIRED, 62: WRONG_NAME, 64: WRONG_NAME}

# The second of a pair is MariaDB's.
_REFUSALS: dict[object, tuple[type[AppError], Problem]] = {
    1045: (RuleBroken, WRONG_PASSWORD),
    1698: (RuleBroken, WRONG_PASSWORD),
    3955: (NotAllowed, TOO_MANY_TRIES),
    4150: (NotAllowed, TOO_MANY_TRIES),
    3118: (NotAllowed, ACCOUNT_LOCKED),
    4151: (NotAllowed, ACCOUNT_LOCKED),
    1820: (MustChoosePassword, PASSWORD_EXPIRED),
    1862: (MustChoosePassword, PASSWORD_EXPIRED),
    1044: (NotAllowed, NO_SUCH_PRACTICE),
    1049: (Unavailable, NO_SUCH_PRACTICE),
    1129: (Unavailable, HOST_SHUT_OUT),
    1130: (Unavailable, HOST_SHUT_OUT),
    3159: (Unavailable, INSISTS_ON_TLS),
    1040: (TryAgain, SERVER_FULL),
    1203: (TryAgain, SERVER_FULL),
    1226: (TryAgain, SERVER_FULL),
}


def refusal(code: object, host: Host, database: str = "") -> AppError | None:
    """What an error code of a server that was just called means; None for a code that is none of these."""
    if code in _REFUSALS:
        kind, problem = _REFUSALS[code]
        on = "password" if issubclass(kind, RuleBroken) else None
        return kind(problem, field=on, host=host.name, port=host.port, database=database)
    verdict = verdict_of_code(code)
    if verdict is Verdict.READ_ONLY:
        return LinkLost(READ_ONLY)
    return LinkLost(SERVER_AWAY) if verdict is Verdict.UNKNOWN else None


def tls_refusal(error: OSError, host: Host) -> AppError:
    """What went wrong while the connection was being encrypted."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return Unavailable(_VERIFY.get(error.verify_code, UNKNOWN_ISSUER), host=host.name)
    if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError):
        return Unavailable(TLS_FAILED, host=host.name)
    if isinstance(error, TimeoutError):
        return LinkLost(SILENT, host=host.name, port=host.port)
    return LinkLost(SERVER_AWAY)
