<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>About</name>
    <message>
        <source>This program uses Qt and PySide6 under the GNU Lesser General Public License, version 3. They are used unchanged and as separate libraries: you may replace them by your own builds. Their source code is at https://code.qt.io, the licence at https://www.gnu.org/licenses/lgpl-3.0.html.</source>
        <translation>This program uses Qt and PySide6 under the GNU Lesser General Public License, version 3. They are used unchanged and as separate libraries: you may replace them by your own builds. Their source code is at https://code.qt.io, the license at https://www.gnu.org/licenses/lgpl-3.0.html.</translation>
    </message>
</context>
<context>
    <name>AboutSection</name>
    <message>
        <source>Licence texts</source>
        <translation>License texts</translation>
    </message>
</context>
<context>
    <name>BookingCard</name>
    <message>
        <source>Cancelled</source>
        <translation>Canceled</translation>
    </message>
</context>
<context>
    <name>Done</name>
    <message>
        <source>Booking cancelled</source>
        <translation>Booking canceled</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Show cancelled bookings</source>
        <translation>Show canceled bookings</translation>
    </message>
</context>
<context>
    <name>JoinPage</name>
    <message>
        <source>Choose the enrolment file</source>
        <translation>Choose the enrollment file</translation>
    </message>
    <message>
        <source>Drop the enrolment file here</source>
        <translation>Drop the enrollment file here</translation>
    </message>
    <message>
        <source>Enrolment &amp;file</source>
        <translation>Enrollment &amp;file</translation>
    </message>
    <message>
        <source>Enrolment files (*.avenrae)</source>
        <translation>Enrollment files (*.avenrae)</translation>
    </message>
    <message>
        <source>With an enrolment file</source>
        <translation>With an enrollment file</translation>
    </message>
</context>
<context>
    <name>PersonDialog</name>
    <message>
        <source>&amp;Colour in the calendar</source>
        <translation>&amp;Color in the calendar</translation>
    </message>
    <message>
        <source>colour</source>
        <translation>color</translation>
    </message>
</context>
<context>
    <name>ReadyPage</name>
    <message>
        <source>Enrolment files (*.avenrae)</source>
        <translation>Enrollment files (*.avenrae)</translation>
    </message>
    <message>
        <source>It says where the server is and how to recognise it.</source>
        <translation>It says where the server is and how to recognize it.</translation>
    </message>
    <message>
        <source>Other desks join with an enrolment file</source>
        <translation>Other desks join with an enrollment file</translation>
    </message>
    <message>
        <source>Save enrolment &amp;file…</source>
        <translation>Save enrollment &amp;file…</translation>
    </message>
    <message>
        <source>Save the enrolment file</source>
        <translation>Save the enrollment file</translation>
    </message>
</context>
<context>
    <name>ServerWay</name>
    <message>
        <source>Nothing on the server changes. To come back, join again with the enrolment file.</source>
        <translation>Nothing on the server changes. To come back, join again with the enrollment file.</translation>
    </message>
</context>
<context>
    <name>TimeOffDialog</name>
    <message>
        <source>They stay in the calendar until they are moved or cancelled.</source>
        <translation>They stay in the calendar until they are moved or canceled.</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>For a team: everybody works in the same practice at once. You need its enrolment file.</source>
        <translation>For a team: everybody works in the same practice at once. You need its enrollment file.</translation>
    </message>
</context>
<context>
    <name>calendar</name>
    <message>
        <source>Cancelled</source>
        <translation>Canceled</translation>
    </message>
    <message>
        <source>Cancelled {client}</source>
        <translation>Canceled {client}</translation>
    </message>
</context>
<context>
    <name>problems</name>
    <message>
        <source>A cancelled booking keeps its reason.</source>
        <translation>A canceled booking keeps its reason.</translation>
    </message>
    <message>
        <source>Ask the practice owner for a new enrolment file.</source>
        <translation>Ask the practice owner for a new enrollment file.</translation>
    </message>
    <message>
        <source>Ask the practice owner for the enrolment file; it holds the certificate.</source>
        <translation>Ask the practice owner for the enrollment file; it holds the certificate.</translation>
    </message>
    <message>
        <source>Join it with its enrolment file. For another practice, choose another name for the database.</source>
        <translation>Join it with its enrollment file. For another practice, choose another name for the database.</translation>
    </message>
    <message>
        <source>Join with the enrolment file of the practice owner; it holds the certificate.</source>
        <translation>Join with the enrollment file of the practice owner; it holds the certificate.</translation>
    </message>
    <message>
        <source>No enrolment file is chosen.</source>
        <translation>No enrollment file is chosen.</translation>
    </message>
    <message>
        <source>Tell the practice owner. If the certificate was changed lately, ask for a new enrolment file.</source>
        <translation>Tell the practice owner. If the certificate was changed lately, ask for a new enrollment file.</translation>
    </message>
    <message>
        <source>The enrolment file cannot be read</source>
        <translation>The enrollment file cannot be read</translation>
    </message>
    <message>
        <source>The enrolment file was not saved</source>
        <translation>The enrollment file was not saved</translation>
    </message>
    <message>
        <source>There is no certificate to recognise the server by.</source>
        <translation>There is no certificate to recognize the server by.</translation>
    </message>
    <message>
        <source>This enrolment file needs a newer program</source>
        <translation>This enrollment file needs a newer program</translation>
    </message>
    <message>
        <source>This is not an enrolment file</source>
        <translation>This is not an enrollment file</translation>
    </message>
    <message>
        <source>Unknown colour</source>
        <translation>Unknown color</translation>
    </message>
    <message>
        <source>Use the name that stands in the enrolment file, or ask the practice owner for a new certificate.</source>
        <translation>Use the name that stands in the enrollment file, or ask the practice owner for a new certificate.</translation>
    </message>
    <message>
        <source>When and by whom a practice server was opened last, by enrolment file</source>
        <translation>When and by whom a practice server was opened last, by enrollment file</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>canceled</translation>
    </message>
    <message>
        <source>“{text}” is not one of the calendar's colours.</source>
        <translation>“{text}” is not one of the calendar's colors.</translation>
    </message>
</context>
<context>
    <name>reports</name>
    <message>
        <source>The latest first. Who cancelled is not counted.</source>
        <translation>The latest first. Who canceled is not counted.</translation>
    </message>
</context>
</TS>
