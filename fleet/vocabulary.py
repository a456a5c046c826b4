"""The closed lists of words that facts use; mdm-formats and product terms, one place each."""

from django.db import models


class OrganisationKind(models.TextChoices):
    DEPARTMENT = "department", "Department"
    COUNCIL = "council", "Council"
    AGENCY = "agency", "Agency"
    SUPPLIER = "supplier", "Supplier"
    BANK = "bank", "Bank"
    OTHER = "other", "Other"


class BankHolidays(models.TextChoices):
    """Whose bank holidays count: ISO 3166-2:GB, without the country."""

    ENGLAND = "ENG", "England"
    NORTHERN_IRELAND = "NIR", "Northern Ireland"
    SCOTLAND = "SCT", "Scotland"
    WALES = "WLS", "Wales"


class InvitationState(models.TextChoices):
    """`expired` is never stored: it is a pending one whose time is up."""

    PENDING = "pending", "Pending"
    ACCEPTED = "accepted", "Accepted"
    WITHDRAWN = "withdrawn", "Withdrawn"
    EXPIRED = "expired", "Expired"


class WorkStyle(models.TextChoices):
    OFFICE = "office", "Office"
    MOBILE = "mobile", "Mobile"
    HOME = "home", "Home"


class AssistiveTechnology(models.TextChoices):
    SCREEN_READER = "screen_reader", "Screen reader"
    MAGNIFICATION = "magnification", "Magnification"
    SPEECH_INPUT = "speech_input", "Speech input"
    SWITCH_CONTROL = "switch_control", "Switch control"
    BRAILLE_DISPLAY = "braille_display", "Braille display"
    CAPTIONS = "captions", "Captions"
    KEYBOARD_ONLY = "keyboard_only", "Keyboard only"


class SiteKind(models.TextChoices):
    LOCAL_OFFICE = "local_office", "Local office"
    REGIONAL_CENTRE = "regional_centre", "Regional centre"
    TOUCHDOWN = "touchdown", "Touchdown site"
    HEADQUARTERS = "headquarters", "Headquarters"
    DEPOT = "depot", "Depot"


class Platform(models.TextChoices):
    IOS = "ios", "iOS"
    IPADOS = "ipados", "iPadOS"
    MACOS = "macos", "macOS"
    TVOS = "tvos", "tvOS"
    WINDOWS = "windows", "Windows"
    ANDROID = "android", "Android"
    CHROMEOS = "chromeos", "ChromeOS"
    LINUX = "linux", "Linux"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Unknown"


class FormFactor(models.TextChoices):
    DESKTOP = "desktop", "Desktop"
    LAPTOP = "laptop", "Laptop"
    TABLET = "tablet", "Tablet"
    PHONE = "phone", "Phone"
    OTHER = "other", "Other"


class LifeCycle(models.TextChoices):
    ORDERED = "ordered", "Ordered"
    IN_STOCK = "in_stock", "In stock"
    ISSUED = "issued", "Issued"
    ON_LOAN = "on_loan", "On loan"
    IN_REPAIR = "in_repair", "In repair"
    LOST = "lost", "Lost"
    STOLEN = "stolen", "Stolen"
    WIPED = "wiped", "Wiped"
    RETIRED = "retired", "Retired"
    DISPOSED = "disposed", "Disposed"


class Enrolment(models.TextChoices):
    PENDING = "pending", "Pending"
    ENROLLED = "enrolled", "Enrolled"
    UNENROLLED = "unenrolled", "Unenrolled"
    UNKNOWN = "unknown", "Unknown"


class Compliance(models.TextChoices):
    COMPLIANT = "compliant", "Compliant"
    NONCOMPLIANT = "noncompliant", "Not compliant"
    GRACE = "grace", "In grace period"
    UNKNOWN = "unknown", "Unknown"


class Wipe(models.TextChoices):
    NONE = "none", "None"
    ISSUED = "issued", "Issued"
    CONFIRMED = "confirmed", "Confirmed"


class Ownership(models.TextChoices):
    ORGANISATION = "organisation", "Organisation"
    PERSONAL = "personal", "Personal"
    UNKNOWN = "unknown", "Unknown"


class DeviceEventKind(models.TextChoices):
    """What an MDM tells of a device that happens at a time."""

    ENROLLED = "enrolled", "Enrolled"
    UNENROLLED = "unenrolled", "Unenrolled"
    LOST_ON = "lost_on", "Lost mode on"
    LOST_OFF = "lost_off", "Lost mode off"
    WIPE_ISSUED = "wipe_issued", "Wipe issued"
    WIPE_CONFIRMED = "wipe_confirmed", "Wipe confirmed"
    MADE_OURS = "made_ours", "Ownership: the organisation’s"
    MADE_PERSONAL = "made_personal", "Ownership: personal"


class BatteryHealth(models.TextChoices):
    GOOD = "good", "Good"
    SERVICE = "service", "Needs service"
    UNKNOWN = "unknown", "Unknown"


class CustodyKind(models.TextChoices):
    RECEIVED = "received", "Received"
    ISSUED = "issued", "Issued"
    LOANED = "loaned", "Loaned"
    RETURNED = "returned", "Returned"
    MOVED = "moved", "Moved"
    SENT_TO_REPAIR = "sent_to_repair", "Sent to repair"
    REPAIRED = "repaired", "Back from repair"
    LOST = "lost", "Lost"
    STOLEN = "stolen", "Stolen"
    FOUND = "found", "Found"
    WIPED = "wiped", "Wiped"
    RETIRED = "retired", "Retired"
    DISPOSED = "disposed", "Disposed"
    # Nothing that anybody records by itself: it tells that a bulk change was taken back.
    UNDONE = "undone", "Taken back"


class BulkSubject(models.TextChoices):
    DEVICES = "devices", "Devices"
    PEOPLE = "people", "People"


class BulkStatus(models.TextChoices):
    """A bulk change's way; those that end in -ing are a worker's."""

    WAITING = "waiting", "Not confirmed"
    DOING = "doing", "Being made"
    DONE = "done", "Made"
    UNDOING = "undoing", "Being taken back"
    UNDONE = "undone", "Taken back"
    FAILED = "failed", "Failed"


class Control(models.TextChoices):
    """A condition of an approval, by how it is checked."""

    ENCRYPTED = "encrypted", "Encrypted"
    PASSCODE = "passcode", "Passcode set"
    SUPERVISED = "supervised", "Supervised"
    SOFTWARE = "software", "Named control installed"
    STATEMENT = "statement", "Signed statement"


class Carrying(models.TextChoices):
    """What becomes of approvals for a classification when its scheme is switched."""

    FULL = "full", "Counts in full"
    RENEW = "renew", "Needs a renewed decision"
    END = "end", "Ends"


class SwitchState(models.TextChoices):
    DRAFT = "draft", "Draft"
    SCHEDULED = "scheduled", "Scheduled"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Cancelled"


class SourceKind(models.TextChoices):
    NATIVE = "native", "Native (Tranche's own schema)"
    JAMF = "jamf", "Jamf Pro"
    INTUNE = "intune", "Microsoft Intune"
    NANOMDM = "nanomdm", "NanoMDM"
    MICROMDM = "micromdm", "MicroMDM"
    FLEET = "fleet", "Fleet"
    MAAS360 = "maas360", "IBM MaaS360"
    ANDROID_MANAGEMENT = "android_management", "Android Management API"
    CHROMEOS = "chromeos", "Google Workspace (ChromeOS and mobile)"


class SourceAuth(models.TextChoices):
    """How a source proves who it is."""

    BEARER = "bearer", "Bearer token (Authorization header)"
    BASIC = "basic", "User name and password (HTTP basic)"
    HEADER = "header", "A header of its own"
    PATH = "path", "Secret in the address"
    HMAC = "hmac", "Signature over the body (X-Hmac-Signature)"
    OIDC = "oidc", "Google's identity token (OpenID Connect)"


class Refusal(models.TextChoices):
    """Why a push did not prove to come from its source."""

    NOTHING = "nothing", "It carried nothing that proves who sent it"
    UNKNOWN = "unknown", "Its token is none of this source’s"
    ENDED = "ended", "Its token has expired or was revoked"
    SIGNATURE = "signature", "Its signature is not that of the body by a key of this source"
    UNREADABLE = "unreadable", "It carried something else than an identity token"
    KEY = "key", "No key of Google’s has signed its identity token"
    TIME = "time", "Its identity token is no longer valid, or not yet"
    ISSUER = "issuer", "Its identity token is of another issuer than Google"
    AUDIENCE = "audience", "Its identity token is for another audience"
    ACCOUNT = "account", "Its identity token is of another service account"


class FactGroup(models.TextChoices):
    """Facts of a device for which one rule says which MDM source wins."""

    OPERATING_SYSTEM = "operating_system", "Operating system"
    USER = "user", "User"
    ENROLMENT = "enrolment", "Enrolment and ownership"
    SECURITY = "security", "Security"
    HARDWARE = "hardware", "Hardware and storage"
    SIMS = "sims", "SIMs"
    SOFTWARE = "software", "Software"


class ConflictStatus(models.TextChoices):
    OPEN = "open", "Open"
    RESOLVED = "resolved", "Resolved"
    DISMISSED = "dismissed", "Dismissed"


class IdentifierKind(models.TextChoices):
    """What names a device in an MDM's record."""

    SOURCE_ID = "source_id", "Source's id"
    SERIAL = "serial", "Serial"
    HW_ID = "hw_id", "Hardware id"
    IMEI = "imei", "IMEI"


class DeliveryStatus(models.TextChoices):
    PENDING = "pending", "Pending"
    PROCESSING = "processing", "Processing"
    APPLIED = "applied", "Applied"
    FAILED = "failed", "Failed"
    QUARANTINED = "quarantined", "Quarantined"
    EXPIRED = "expired", "Expired"


class ImportStatus(models.TextChoices):
    """A file's way into the register; those that end in -ing are a worker's."""

    CHECKING = "checking", "Being checked"
    NAMING = "naming", "Columns to be named"
    CHECKED = "checked", "To be confirmed"
    NOTHING = "nothing", "Nothing to change"
    APPLYING = "applying", "Being applied"
    APPLIED = "applied", "Applied"
    UNDOING = "undoing", "Being undone"
    UNDONE = "undone", "Undone"
    FAILED = "failed", "Failed"
    DISCARDED = "discarded", "Discarded"


class ImportOutcome(models.TextChoices):
    """What becomes of one row of a file."""

    CREATED = "created", "Created"
    CHANGED = "changed", "Changed"
    ENDED = "ended", "Ended"
    REJECTED = "rejected", "Rejected"
    WARNING = "warning", "Warning"


class ErasureAskedBy(models.TextChoices):
    """At whose request a person's data is erased."""

    PERSON = "person", "The person themselves"
    EMPLOYER = "employer", "Human resources"
    AUTHORITY = "authority", "A court or the data protection authority"
    RETENTION = "retention", "Our own retention rules"


class SeenThrough(models.TextChoices):
    """How somebody came to see personal data."""

    PAGE = "page", "On a page"
    API = "api", "Through the API, signed in"
    TOKEN = "token", "Through the API, with a personal token"


class Outcome(models.TextChoices):
    """What became of one record of a delivery; the letter is how it is stored."""

    CREATED = "c", "created"
    UPDATED = "u", "updated"
    UNCHANGED = "n", "unchanged"
    STALE = "s", "stale"
    CONFLICT = "x", "conflict"
    REJECTED = "r", "rejected"


class CourseKind(models.TextChoices):
    """What a person does to have it: attend, be told, or accept."""

    TRAINING = "training", "Training"
    BRIEFING = "briefing", "Briefing"
    POLICY = "policy", "Policy acceptance"


class TrainingState(models.TextChoices):
    """What a record of training says today; `missing` is where there is none."""

    VALID = "valid", "Valid"
    EXPIRING = "expiring", "Expiring"
    EXPIRED = "expired", "Expired"
    BOOKED = "booked", "Booked"
    REPLACED = "replaced", "Replaced"
    MISSING = "missing", "Missing"


class RecordSource(models.TextChoices):
    """By which way a record came in."""

    PAGE = "page", "Page"
    IMPORT = "import", "Import"
    API = "api", "API"


class ContractKind(models.TextChoices):
    """What a contract buys."""

    DEVICES = "devices", "Devices"
    CONNECTIVITY = "connectivity", "Connectivity"
    SUPPORT = "support", "Support"
    SOFTWARE = "software", "Software"
    SERVICES = "services", "Services"
    OTHER = "other", "Other"


class NoticeUnit(models.TextChoices):
    DAYS = "days", "Days"
    MONTHS = "months", "Months"


class ContractState(models.TextChoices):
    PLANNED = "planned", "Planned"
    ACTIVE = "active", "Active"
    NOTICE_DUE = "notice_due", "Notice due"
    NOTICE_PASSED = "notice_passed", "Notice passed"
    NOTICE_GIVEN = "notice_given", "Notice given"
    RENEWED = "renewed", "Renewed itself"
    ENDED = "ended", "Ended"


class SignInOutcome(models.TextChoices):
    SIGNED_IN = "signed_in", "Signed in"
    CODE_ASKED = "code_asked", "Password right, code asked for"
    WRONG_PASSWORD = "wrong_password", "Wrong password"
    WRONG_CODE = "wrong_code", "Wrong code"
    PAUSED = "paused", "Sign-in paused"
    LINK_ASKED = "link_asked", "Asked for a reset link"
    PASSWORD_SET = "password_set", "Password set"
    SIGNED_OUT = "signed_out", "Signed out"
    ENDED = "ended", "Session ended"


class SignInMethod(models.TextChoices):
    PASSWORD = "password", "Password"
    CODE = "code", "Authenticator app"
    RECOVERY = "recovery", "Recovery code"
    RESET = "reset", "Reset link"


class DiscrepancyKind(models.TextChoices):
    """How two of the four records contradict each other: MDM, register, carrier bill, staff list."""

    LEAVER = "leaver", "Held by somebody who has left"
    CLOSED_SITE = "closed_site", "At a site that has closed"
    UNKNOWN_TO_MDM = "unknown_to_mdm", "In use, and no MDM knows it"
    SILENT = "silent", "In use, and silent for 30 days"
    NOT_ISSUED = "not_issued", "In stock, and used by somebody"
    OTHER_USER = "other_user", "Used by another than its holder"
    DUPLICATE = "duplicate", "One asset tag or Wi-Fi address on several devices"
    PERSONAL = "personal", "Personal and enrolled"
    UNSUPPORTED = "unsupported", "In use past the end of support"
    GHOST = "ghost", "Billed, and never seen in a device"
    UNASSIGNED = "unassigned", "A line of nobody and nothing"
    LINE_OF_LEAVER = "line_of_leaver", "A line of somebody who has left"
    UNUSED = "unused", "A line without use for three months"


class Stake(models.TextChoices):
    """What the pounds of a discrepancy are: they are of two kinds, which nothing adds up."""

    DEVICE = "device", "Price of the device"
    MONTH = "month", "Charge of a month"


class DiscrepancyState(models.TextChoices):
    OPEN = "open", "Open"
    DISMISSED = "dismissed", "Dismissed"


class OverCharge(models.TextChoices):
    """For what a tariff's charge above the allowance is asked."""

    MONTH = "month", "each month above it"
    GIGABYTE = "gigabyte", "each GB above it"
    MEGABYTE = "megabyte", "each MB above it"


class MegabyteBase(models.IntegerChoices):
    DECIMAL = 1_000_000, "1,000,000 bytes"
    BINARY = 1_048_576, "1,048,576 bytes"


class Justification(models.TextChoices):
    """Why a line is kept though nobody uses it: that is no waste."""

    SAFETY = "safety", "Safety phone"
    LONE_WORKER = "lone_worker", "Lone worker"
    ON_CALL = "on_call", "On call"
    SPARE = "spare", "Spare"
    RESILIENCE = "resilience", "Stands in when another link fails"
    MACHINE = "machine", "Alarm, lift or meter"
    AWAITING = "awaiting", "Waits for its hand-over"
    OTHER = "other", "Other, see the note"


class LineOrigin(models.TextChoices):
    """Who told of a line first."""

    PAGE = "page", "A person"
    MDM = "mdm", "An MDM system"
    BILL = "bill", "A bill"


class UsageOrigin(models.TextChoices):
    """Whose figures they are."""

    CARRIER = "carrier", "Carrier"
    DEVICE = "device", "Device"


class BillShape(models.TextChoices):
    ITEMISED = "itemised", "Itemised: a row for each call, text or session"
    SUMMARY = "summary", "Summary: a row for each line, with totals"


class AmountUnit(models.TextChoices):
    BYTES = "bytes", "Bytes"
    KILOBYTES = "kilobytes", "KB"
    MEGABYTES = "megabytes", "MB"
    GIGABYTES = "gigabytes", "GB"


class TimeUnit(models.TextChoices):
    SECONDS = "seconds", "Seconds"
    MINUTES = "minutes", "Minutes"


class ChargeUnit(models.TextChoices):
    POUNDS = "pounds", "Pounds"
    PENCE = "pence", "Pence"


class ForecastMethod(models.TextChoices):
    """How what a line will use was worked out."""

    LINEAR = "linear", "By the days of the billing month so far"
    MEAN = "mean", "Mean of the months before"


class Measure(models.TextChoices):
    """What is counted of the devices in use, day by day."""

    OS = "os", "Operating system"
    PRODUCT = "product", "Software"
    MODEL = "model", "Model"
    AGE = "age", "Age"
    COMPLIANCE = "compliance", "Compliance"
    ENCRYPTION = "encryption", "Encryption"
    ENROLMENT = "enrolment", "Enrolment"
    SEEN = "seen", "Last seen"


class ProductCategory(models.TextChoices):
    """Why a piece of software matters."""

    BROWSER = "browser", "Browser"
    ASSISTIVE = "assistive", "Assistive technology"
    VPN = "vpn", "VPN"
    OTHER = "other", "Other"


class AgeBand(models.TextChoices):
    """Years since a device was bought, or enrolled where nobody knows when it was bought."""

    NEW = "under-3", "Under 3 years"
    MIDDLE = "3-to-5", "3 to 5 years"
    OLD = "over-5", "5 years and more"
    UNKNOWN = "unknown", "Not known"


class SeenBand(models.TextChoices):
    WEEK = "7", "Within 7 days"
    MONTH = "30", "8 to 30 days ago"
    LONGER = "longer", "More than 30 days ago"
    NEVER = "never", "Never"
