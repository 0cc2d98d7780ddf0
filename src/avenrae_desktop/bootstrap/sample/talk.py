"""Conversations, tickets and notices of the sample practice."""

from collections.abc import Iterator
from dataclasses import dataclass

from avenrae_desktop.bootstrap.sample import at

# subject | client | with (h: healer, d: the desk) | week day clock | lines: `<` by the practice,
# minutes after the one before
_THREADS = """
A later time on Thursday?|0|h0|-41 1 8:12|Could we meet at five instead of four on Thursday? My train is late these days.|+95<Five is taken, but half past four works. Shall I move you?|+12 Half past four is perfect. Thank you!
Sleep diary|1|h0|-33 2 20:40|I kept the diary as you said. Two bad nights out of seven. Shall I bring it printed?|+760<Printed is best, then we both can write on it.
Needles and pregnancy|2|h2|-30 0 12:05|I am in the tenth week. Can we go on with the acupuncture?|+180<Congratulations! Yes, with fewer points. I leave out those on hand and foot.|+25 That is a relief. See you Monday.
Receipt for the insurance|3|d|-28 4 9:31|My insurer wants a receipt with the number of the therapist on it.|+40<It is in the post. The number stands at the top right.
Mat at home|4|h3|-27 2 18:02|Which mat do you use in the lessons? Mine slips.|+60<The cork one. We have some at the desk, 79 euros.|+30 Please put one aside for me.|+45<Done, it has your name on it.
Hay fever begins|5|h5|-26 1 7:45|The birches flower. When should I start with the drops?|+240<Today, three times a day. Call me if the eyes get worse.
Parking|8|d|-24 0 14:20|Is there somewhere to park near the house?|+15<Two places behind it, and the car park at the station, five minutes on foot.
The exercise with the wall|9|h9|-22 3 21:15|Do I breathe in or out when I slide down?|+660<Out on the way down. Slowly, like blowing on soup.
Session in English|12|h6|-21 1 10:10|My husband would like to come along. He speaks English only.|+120<Good. We do the whole hour in English then.
Knee|14|h4|-19 2 19:48|After the massage the knee was warm and a little swollen. Is that normal?|+50<For a day, yes. Cool it tonight. If it is still thick on Friday, see your doctor.|+2900 All gone. Thank you.
Gift for my sister|16|d|-18 5 11:25|Do you have vouchers for a massage?|+30<Yes, for any sum. We send them by post or print them here.|+20 A hundred euros then, I fetch it on Tuesday.
Tired after reiki|18|h1|-16 4 8:30|I slept eleven hours after our session. Should I worry?|+75<No. Drink, walk a little, sleep early again. Write to me on Sunday.|+4300 Sunday: I feel new.
Invoice twice|21|d|-15 0 16:44|I got the invoice of the third twice. Do I have to pay both?|+35<Only one. The second was our mistake, I have cancelled it.
Children's yoga|24|h3|-13 3 13:00|From what age may my daughter join?|+300<From seven on. In September a new group starts on Wednesdays.
Before the race|27|h4|-12 1 6:55|Race on Sunday. When should I come for the last massage?|+150<Thursday, lightly. Not on Saturday.
Change of address|30|d|-10 2 9:05|We have moved to Wettingen. The phone stays the same.|+20<Noted. Welcome to the neighbourhood!
Tea is sold out|33|d|-9 4 15:35|When will there be belly tea again?|+45<On Tuesday. I have put two packets aside for you.
Retreat: what to bring|36|h11|-8 3 20:10|What shoes do I need for the Jura?|+700<Those in which you can walk six hours. And a cup.
Panic in the lift|40|h6|-6 0 22:50|It happened again, in the lift at work. I used the counting. It passed.|+560<Well done. That is what we practise for. Bring it on Wednesday.
Allergy to lavender|66|h8|-6 2 10:15|Please no lavender oil, I get a rash.|+90<Thank you for telling me. It stands in your file now.
Marta's leave|71|d|-5 1 8:40|Who takes over while Marta is away?|+25<Jakob, in the same room. Shall I move your dates to him?|+180 Yes please, all of them.
Moxa smell|80|h7|-3 4 17:20|My office asked what I smell of. Can we leave out the moxa before meetings?|+130<We put the moxa at the end of the week.
Photograph of the plan|92|h5|-2 1 19:05|I lost the page with the recipes. Could you send it again?|+800<It is on its way by e-mail.
Cancelling Friday|101|d|-1 3 7:58|Our son has a fever, I cannot come tomorrow.|+12<Get well soon! I have cancelled it, no charge.|+4 That is kind.
First visit|139|h11|-1 4 12:30|I come to you for the first time next week. Do I need to prepare anything?|+95<Only the question that brings you. The rest we find.
Running late|55|d|0 0 8:05|The train stands still in Baden. I shall be fifteen minutes late.|+3<No problem, we wait for you.
"""  # noqa: E501 - a table
# subject | category | priority | who | week day clock | what | how it ended | days until then | what was done
_TICKETS = """
Paid twice by card|payment|high|10|-50 1 9:15|The terminal hung and took 85 euros twice.|closed|3|The terminal's second entry was cancelled by the bank; the client saw it on her statement.
Cannot open the video link|booking|urgent|22|-46 3 17:55|The link in the e-mail leads to an empty page.|closed|1|The link had lost its last letter. Sent again; the session began ten minutes late.
Bowl arrived with a dent|order|normal|35|-44 0 11:30|The singing bowl came with a dent and sounds flat.|closed|6|Exchanged at the desk.
Name spelled wrongly|account|low|23|-42 2 14:05|Nguyễn with the mark on the right letter, please.|closed|1|Corrected in the file; receipts print it rightly.
Wrong amount on the invoice|payment|normal|41|-37 4 10:20|The short session was billed as a long one.|closed|2|Refunded half and sent a new receipt.
Door locked at 7:30|other|high|15|-31 0 7:41|Stood before a locked door for the early yoga.|closed|1|Elena has a key of her own now.
Workshop full, waiting list?|event|normal|62|-30 3 16:10|Can I be put on a list in case somebody gives up?|closed|9|A place came free and was taken.
E-mail address changed|account|low|47|-25 1 8:50|Please use my private address from now on.|closed|1|Changed.
Tea had expired|order|high|52|-21 2 12:00|The date on the packet was last month.|closed|2|Replaced, and the whole shelf was checked: two packets thrown away.
Refund not arrived|payment|high|19|-17 4 9:40|You wrote that the 42.50 would be here within a week.|resolved|5|The account number had changed. Sent again.
Music too loud next door|other|low|58|-14 1 18:30|One hears the gong in the quiet room.|resolved|12|Gong sessions are no longer planned beside Reiki.
Booked with the wrong healer|booking|normal|70|-11 0 13:15|I wanted Jakob, not Marta.|resolved|1|Moved.
Reminder came at night|other|normal|64|-8 3 7:20|A message at 3:40 in the morning.|resolved|4|Messages leave between eight and eight now.
Coupon not accepted|order|normal|77|-5 2 19:25|SPRING15 does not work any more.|closed|1|It had run out; a new one was given.
Certificate for the employer|booking|normal|84|-3 1 10:00|My employer wants a confirmation of the hours.|in_progress|0|
Mat smells of rubber|order|low|95|-2 4 15:10|Even after a week in the open.|waiting|0|
Voucher lost|payment|normal|110|-1 2 9:35|The voucher from Christmas is gone; I have the number.|in_progress|0|
Wheelchair access|event|high|121|-1 4 11:50|Can I come to the sound bath with a wheelchair?|open|0|
Two reminders for one date|other|low|130|0 0 8:20|Twice the same message this morning.|open|0|
"""  # noqa: E501 - a table


@dataclass(frozen=True, slots=True)
class Line:
    by_practice: bool
    when: int
    body: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A client's conversation with a healer (their number), or with the desk (None)."""

    subject: str
    client: int
    healer: int | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Ticket:
    """`ended` is when it was resolved, None while it is not."""

    subject: str
    category: str
    priority: str
    client: int
    when: int
    text: str
    status: str
    ended: int | None
    resolution: str | None


def threads() -> tuple[Thread, ...]:
    """In the order of their keys."""
    return tuple(_thread(line) for line in _THREADS.strip().split("\n"))


def _thread(text: str) -> Thread:
    subject, client, partner, when, first, *rest = text.split("|")
    healer = None if partner == "d" else int(partner[1:])
    return Thread(subject, int(client), healer, tuple(_lines(_when(when), first, rest)))


def _lines(when: int, first: str, rest: list[str]) -> Iterator[Line]:
    yield Line(by_practice=False, when=when, body=first)
    for text in rest:
        digits = text[1:].split("<")[0].split(" ")[0]
        when += int(digits)
        body = text[1 + len(digits) :]
        yield Line(by_practice=body.startswith("<"), when=when, body=body.lstrip("< "))


def _when(text: str) -> int:
    week, day, clock = text.split(" ")
    return at(int(week), int(day), clock)


def tickets() -> tuple[Ticket, ...]:
    """In the order of their keys."""
    return tuple(_ticket(line) for line in _TICKETS.strip().split("\n"))


def _ticket(text: str) -> Ticket:
    subject, category, priority, client, when, what, status, days, done = text.split("|")
    start = _when(when)
    ended = start + int(days) * 1440 + 95 if int(days) else None
    return Ticket(subject, category, priority, int(client), start, what, status, ended, done or None)
