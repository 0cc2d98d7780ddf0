"""What the accounts refuse, in words for people."""

from avenrae_desktop.kernel.errors import Problem, noop

PASSWORD_TOO_SHORT = Problem(
    "accounts.password_too_short",
    noop("This password is too short"),
    noop("A password needs at least {limit} characters; this one has {length}."),
    noop("Three or four words that do not belong together make a good one."),
)
PASSWORD_TOO_LONG = Problem(
    "accounts.password_too_long",
    noop("This password is too long"),
    noop("A password may take up {limit} bytes; this one takes {length}. An emoji takes 4, an accented letter 2."),
    noop("Shorten it. It is never cut off silently."),
)
PASSWORD_TOO_SIMPLE = Problem(
    "accounts.password_too_simple",
    noop("This password is too easy to guess"),
    noop("It is made of very few different characters."),
    noop("Three or four words that do not belong together make a good one."),
)
PASSWORD_IS_NAME = Problem(
    "accounts.password_is_name",
    noop("This password is too easy to guess"),
    noop("It is the name of a person or of the practice."),
    noop("Three or four words that do not belong together make a good one."),
)
PASSWORD_UNTYPABLE = Problem(
    "accounts.password_untypable",
    noop("This password cannot be used"),
    noop("It holds a character that cannot be typed on a keyboard."),
    noop("Type it instead of pasting it."),
)
WRONG_OLD_PASSWORD = Problem(
    "accounts.wrong_old_password",
    noop("Wrong password"),
    noop("The old password is not right, so it was not changed."),
    noop("Check Caps Lock and the keyboard's language."),
)
BAD_PIN = Problem(
    "accounts.bad_pin",
    noop("A PIN has 4 to 8 digits"),
    noop("Only the digits 0 to 9 count, and not the same one over and over."),
    noop("Choose digits that nobody would try first."),
)
FIRST_NAME_MISSING = Problem(
    "accounts.first_name_missing",
    noop("A first name is needed"),
    noop("The first name is empty."),
    noop("Type how colleagues call this person."),
)
NAME_TOO_LONG = Problem(
    "accounts.name_too_long",
    noop("This name is too long"),
    noop("There is room for {limit} characters; this has {length}."),
    noop("Shorten it."),
)
BAD_SIGN_IN_NAME = Problem(
    "accounts.bad_sign_in_name",
    noop("This sign-in name does not work"),
    noop("It is made of 1 to {limit} letters, digits, dots, dashes and underscores."),
    noop("Choose a short one without spaces, such as anna or anna.k."),
)
SIGN_IN_NAME_TAKEN = Problem(
    "accounts.sign_in_name_taken",
    noop("This sign-in name is taken"),
    noop("Somebody in this practice already signs in as “{text}”."),
    noop("Choose another one."),
)
BAD_EMAIL = Problem(
    "accounts.bad_email",
    noop("This e-mail address does not look right"),
    noop("“{text}” is no address that mail can be sent to."),
    noop("Check it for a missing part, such as anna@example.org."),
)
EMAIL_TAKEN = Problem(
    "accounts.email_taken",
    noop("This e-mail address is taken"),
    noop("Somebody else in this practice has “{text}” as their own."),
    noop("Use an address that only you read."),
)
ROLE_MISSING = Problem(
    "accounts.role_missing",
    noop("Choose at least one role"),
    noop("Without a role a person may do nothing here."),
    noop("Choose healer, front desk or administrator; several are possible."),
)
NOT_A_STAFF_ROLE = Problem(
    "accounts.not_a_staff_role",
    noop("Clients are added in Clients"),
    noop("The client role is not for people who work in the practice."),
    noop("Choose healer, front desk or administrator."),
)
HEALER_TYPE_MISSING = Problem(
    "accounts.healer_type_missing",
    noop("What kind of healer?"),
    noop("A healer needs a profession."),
    noop("Choose the one that fits best; “other” is fine."),
)
BAD_HUE = Problem(
    "accounts.bad_hue",
    noop("Unknown colour"),
    noop("“{text}” is not one of the calendar's colours."),
    noop("Choose one from the list."),
)
NO_PERSON = Problem(
    "accounts.no_person",
    noop("This person is not here"),
    noop("Nobody of this practice is meant by it."),
    noop("Look at the list of people again."),
)
LAST_ADMIN = Problem(
    "accounts.last_admin",
    noop("The practice needs an administrator"),
    noop("{name} is the only one who can manage people and settings."),
    noop("Make somebody else an administrator first."),
)
NOT_YOURSELF = Problem(
    "accounts.not_yourself",
    noop("You cannot shut yourself out"),
    noop("You are signed in as this person."),
    noop("Ask another administrator."),
)
KNOW_THE_OLD_ONE = Problem(
    "accounts.know_the_old_one",
    noop("Change your own password yourself"),
    noop("A new password without the old one is for colleagues who forgot theirs."),
    noop("Choose Change password, and type the old one too."),
)
ENABLE_FIRST = Problem(
    "accounts.enable_first",
    noop("{name} is shut out"),
    noop("A password would be of no use to somebody who may not come in."),
    noop("Let {name} in again first."),
)
DISABLED = Problem(
    "accounts.disabled",
    noop("You cannot sign in any more"),
    noop("An administrator has shut out “{sign_in_name}”."),
    noop("Ask an administrator of the practice to let you in again."),
)
ALREADY_SET_UP = Problem(
    "accounts.already_set_up",
    noop("This practice is set up already"),
    noop("There is already somebody who can sign in."),
    noop("Sign in instead."),
)
CURRENCY_IN_USE = Problem(
    "accounts.currency_in_use",
    noop("The currency stays"),
    noop("There are prices in {currency} already, and they would not be converted."),
    noop("Make a new practice for another currency."),
)
