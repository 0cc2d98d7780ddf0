"""What can go wrong between this computer and a practice server, in words."""

from avenrae_desktop.kernel.errors import Problem, noop

# --- what was typed or read -----------------------------------------------------------------------

NO_HOST = Problem(
    "server.no_host",
    noop("Which server?"),
    noop("There is no name of a server."),
    noop("Type the name that your practice owner gave you, for example: practice.example.org"),
)
BAD_HOST = Problem(
    "server.bad_host",
    noop("This is not the name of a server"),
    noop("“{name}” cannot be the name or address of a computer."),
    noop("Type only the name or the IP address, for example: practice.example.org or 192.168.1.20"),
)
BAD_PORT = Problem(
    "server.bad_port",
    noop("This is not a port"),
    noop("In “{name}”, what stands after the colon is not a number from 1 to 65535."),
    noop("Leave the colon and the number out, or ask whoever set up the server for the port."),
)
TOO_MANY_HOSTS = Problem(
    "server.too_many_hosts",
    noop("Too many servers"),
    noop("A practice can be on at most {most} servers."),
    noop("Name only those on which this practice is kept."),
)
BAD_DATABASE = Problem(
    "server.bad_database",
    noop("This name cannot be used"),
    noop("The name of a database has at most {most} small letters, digits and underscores, a letter first."),
    noop("Choose a short name, for example: avenrae"),
)
TLS_NEEDED = Problem(
    "server.tls_needed",
    noop("The connection must be encrypted"),
    noop("Without a certificate, only a server on this same computer may be used."),
    noop("Ask the practice owner for the enrolment file; it holds the certificate."),
)
PIN_MISSING = Problem(
    "server.pin_missing",
    noop("The certificate is missing"),
    noop("There is no certificate to recognise the server by."),
    noop("Ask the practice owner for a new enrolment file."),
)
BAD_CERTIFICATE = Problem(
    "server.bad_certificate",
    noop("The certificate cannot be read"),
    noop("What should be the server's certificate is something else."),
    noop("Ask the practice owner for a new enrolment file."),
)
NOT_ENROLMENT = Problem(
    "server.not_enrolment",
    noop("This is not an enrolment file"),
    noop("“{name}” does not hold the address of a practice server."),
    noop("Choose the file that the practice owner gave you; its name ends in .avenrae"),
)
ENROLMENT_TOO_NEW = Problem(
    "server.enrolment_too_new",
    noop("This enrolment file needs a newer program"),
    noop("“{name}” was written by a newer version of this program."),
    noop("Install the newest version on this computer, then open the file again."),
)
ENROLMENT_UNREADABLE = Problem(
    "server.enrolment_unreadable",
    noop("The enrolment file cannot be read"),
    noop("The system refused to read “{name}”."),
    noop("Copy the file to this computer and try again."),
)
ENROLMENT_NOT_WRITTEN = Problem(
    "server.enrolment_not_written",
    noop("The enrolment file was not saved"),
    noop("The system refused to write “{name}”."),
    noop("Choose another folder, or free some space on the disk."),
)
CERTIFICATE_NOT_WRITTEN = Problem(
    "server.certificate_not_written",
    noop("The certificate was not saved"),
    noop("The system refused to write to {folder}."),
    noop("Choose another folder, or free some space on the disk."),
)

# --- reaching a server ----------------------------------------------------------------------------

UNKNOWN_HOST = Problem(
    "server.unknown_host",
    noop("The server was not found"),
    noop("No computer with the name “{host}” is known here."),
    noop("Check the name for typing errors, and that this computer is connected to the network."),
)
NOTHING_THERE = Problem(
    "server.nothing_there",
    noop("No server answers there"),
    noop("The computer “{host}” is there, but no database server answers at port {port}."),
    noop("Check the port. If both are right, the server is switched off: ask whoever looks after it."),
)
NOT_REACHED = Problem(
    "server.not_reached",
    noop("The server does not answer"),
    noop("“{host}” could not be reached in time."),
    noop("Check that this computer is connected to the network, and that the server is switched on."),
)
NOT_A_DATABASE = Problem(
    "server.not_a_database",
    noop("This is not a database server"),
    noop("Something answers at “{host}”, port {port}, but it is not MySQL or MariaDB."),
    noop("Check the name and the port; port 3306 is the usual one."),
)
SILENT = Problem(
    "server.silent",
    noop("The server says nothing"),
    noop("“{host}” took the call at port {port} but did not answer in time."),
    noop("Try again in a moment. If it stays so, check the port, or ask whoever looks after the server."),
)
TOO_OLD = Problem(
    "server.too_old",
    noop("The server is too old"),
    noop("“{host}” runs {product} {version}. A practice needs MySQL 8.0 or MariaDB 10.11, or newer."),
    noop("Ask whoever looks after the server to install a newer version."),
)
SERVER_FULL = Problem(
    "server.full",
    noop("The server is busy"),
    noop("As many programs as it takes are connected to the server already. Nothing was changed."),
    noop("Wait a minute and try again. If it happens often, more connections must be allowed on the server."),
)
HOST_SHUT_OUT = Problem(
    "server.host_shut_out",
    noop("The server refuses this computer"),
    noop("“{host}” does not take calls from this computer."),
    noop("Ask whoever looks after the server to let this computer in."),
)
SERVER_AWAY = Problem(
    "server.away",
    noop("The server does not answer"),
    noop("The connection to the practice server is lost."),
    noop("Check the network, then try again; what you typed is still here."),
)
READ_ONLY = Problem(
    "server.read_only",
    noop("The server takes no changes now"),
    noop("The practice server can be read, but saves nothing at the moment. Nothing was changed."),
    noop("Wait a minute and try again. If it stays so, tell whoever looks after the server."),
)

# --- who the server is ----------------------------------------------------------------------------

NO_TLS = Problem(
    "server.no_tls",
    noop("The server offers no encryption"),
    noop("“{host}” would send everything in the open. Your password was not sent."),
    noop("Ask whoever looks after the server to switch TLS on."),
)
TLS_FAILED = Problem(
    "server.tls_failed",
    noop("No encrypted connection"),
    noop("This computer and “{host}” found no way to encrypt the connection. Your password was not sent."),
    noop("Ask whoever looks after the server to allow TLS 1.2 or newer."),
)
CERTIFICATE_EXPIRED = Problem(
    "server.certificate_expired",
    noop("The server's certificate has expired"),
    noop("“{host}” showed a certificate that is no longer valid. Your password was not sent."),
    noop("Check the date of this computer. If it is right, the practice owner must renew the certificate."),
)
CERTIFICATE_NOT_YET = Problem(
    "server.certificate_not_yet",
    noop("The server's certificate is not valid yet"),
    noop("“{host}” showed a certificate that begins in the future. Your password was not sent."),
    noop("Check date and time of this computer and of the server."),
)
WRONG_NAME = Problem(
    "server.wrong_name",
    noop("The certificate is for another name"),
    noop("“{host}” showed a certificate for another computer. Your password was not sent."),
    noop("Use the name that stands in the enrolment file, or ask the practice owner for a new certificate."),
)
UNKNOWN_ISSUER = Problem(
    "server.unknown_issuer",
    noop("This may not be your server"),
    noop("“{host}” showed a certificate that your practice does not know. Your password was not sent."),
    noop("Tell the practice owner. If the certificate was changed lately, ask for a new enrolment file."),
)
UNSAFE_SIGN_IN = Problem(
    "server.unsafe_sign_in",
    noop("The server asks for the password in an unsafe way"),
    noop("“{host}” wanted the password in a form that others could read ({plugin}). It was not sent."),
    noop("Ask the practice owner to make the account again with the program."),
)
NOT_THIS_COMPUTER = Problem(
    "server.not_this_computer",
    noop("The connection must be encrypted"),
    noop("“{host}” should be this computer, but it is another one. Your password was not sent."),
    noop("Ask the practice owner for the enrolment file; it holds the certificate."),
)
INSISTS_ON_TLS = Problem(
    "server.insists_on_tls",
    noop("The server wants encryption"),
    noop("“{host}” takes encrypted connections only."),
    noop("Join with the enrolment file of the practice owner; it holds the certificate."),
)

# --- who asks -------------------------------------------------------------------------------------

WRONG_PASSWORD = Problem(
    "server.wrong_password",
    noop("Name or password is wrong"),
    noop("The server does not know this sign-in name with this password."),
    noop("Type both again. Mind the Caps Lock key."),
)
TOO_MANY_TRIES = Problem(
    "server.too_many_tries",
    noop("Too many wrong passwords"),
    noop("The server lets nobody in under this name for a while."),
    noop("Wait a day, or ask an administrator of the practice to free the account."),
)
ACCOUNT_LOCKED = Problem(
    "server.account_locked",
    noop("This account is closed"),
    noop("Somebody who manages the practice has closed it."),
    noop("If this is a mistake, ask an administrator of the practice."),
)
PASSWORD_EXPIRED = Problem(
    "server.password_expired",
    noop("Choose a new password"),
    noop("What you typed was valid once."),
    noop("Choose a password of your own now."),
)
NO_SUCH_PRACTICE = Problem(
    "server.no_such_practice",
    noop("The practice is not there"),
    noop("The server has no practice “{database}”, or you have no access to it."),
    noop("Check the name of the database, or ask an administrator of the practice for access."),
)
NO_RIGHT = Problem(
    "server.no_right",
    noop("The server does not allow this"),
    noop("Your account on the server has no right to do this. Nothing was changed."),
    noop("Sign in again. If it stays so, ask an administrator of the practice to look at your roles."),
)
SERVER_DISK_FULL = Problem(
    "server.disk_full",
    noop("The disk of the server is full"),
    noop("There was no room left on the server to save. Nothing was changed; what you typed is still here."),
    noop("Tell whoever looks after the server, then save again."),
)
TOO_LARGE = Problem(
    "server.too_large",
    noop("Too large to save"),
    noop("This is more than the server takes at once. Nothing was changed."),
    noop("Shorten the text, or ask whoever looks after the server to raise max_allowed_packet."),
)
