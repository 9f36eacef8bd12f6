-- The people who work with Birge, how they sign in, and what they may do.

create table account (
  id       {int64} primary key,
  name     text not null,           -- empty once they left: the row stays, so that what they did stays under their organisation
  language text not null check (language in ('ky', 'ru', 'en')),
  state    text not null check (state in ('active', 'locked', 'left')),
  created  {int64} not null,
  changed  {int64} not null,
  version  {int64} not null
) {strict};

create table account_login (        -- what somebody signs in with, as it is compared
  login   text primary key,         -- +996700123456 or an address in lower case
  account {int64} not null references account (id),
  kind    text not null check (kind in ('phone', 'email'))
) {strict};
create index account_login_account on account_login (account);

create table account_password (
  account {int64} primary key references account (id),
  hash    text not null,            -- Argon2id with its parameters and salt
  changed {int64} not null
) {strict};

create table account_factor (       -- what is asked for besides the password
  account   {int64} primary key references account (id),
  kind      text not null check (kind in ('totp', 'card')),
  secret    text not null,          -- of a TOTP, base32; empty for a card
  last_step {int64} not null,       -- the period of the latest code that was used: this and earlier ones are refused, wherever the clock stands
  created   {int64} not null
) {strict};

create table account_code (         -- codes printed on paper, each good once
  account  {int64} not null references account (id),
  purpose  text not null check (purpose in ('recovery', 'card')),
  position {int64} not null,
  hash     text not null,
  used     {int64},
  primary key (account, purpose, position)
) {keyed};

create table account_role (
  id           {int64} primary key,
  account      {int64} not null references account (id),
  role         text not null check (role in ('administrator', 'national_coordinator', 'regional_coordinator', 'focal_point', 'member', 'helper',
                                             'communications_officer', 'observer')),
  region       {int64} references place (id),
  organisation {int64} references organisation (id),
  activity     {int64},             -- of a helper; no reference, because undoing an import may take an activity away
  given_by     {int64} references account (id),  -- null: from the command line
  given        {int64} not null,
  ended        {int64}              -- a role that ended stays, to say under whom something was done
) {strict};
create index account_role_account on account_role (account, ended);
create index account_role_organisation on account_role (organisation, ended);

create table session (
  id      {int64} primary key,
  account {int64} not null references account (id),
  token   text not null unique,     -- a hash of what the cookie holds
  stage   text not null check (stage in ('factor', 'setup', 'full')),  -- the second factor is asked for; it must be set up first; signed in
  device  text not null,            -- browser and system in two words, to recognise it by; no address
  created {int64} not null,
  seen    {int64} not null,         -- to some minutes
  idle    {int64} not null,         -- milliseconds without a request after which it ends
  expires {int64} not null          -- when it ends at the latest
) {strict};
create index session_account on session (account, seen);

create table ticket (               -- secret links that people hand over: good once, for a time
  id           {int64} primary key,
  kind         text not null check (kind in ('invitation', 'reset')),
  token        text not null unique,  -- a hash of what the link holds
  account      {int64} references account (id),  -- of a reset: whose
  name         text not null,       -- of an invitation, until it is used or over
  login        text not null,
  language     text not null,
  role         text not null,
  region       {int64} references place (id),
  organisation {int64} references organisation (id),
  activity     {int64},
  made_by      {int64} references account (id),  -- null: from the command line
  created      {int64} not null,
  expires      {int64} not null,
  used         {int64},             -- when it was used or taken back
  outcome      text not null check (outcome in ('', 'used', 'revoked'))
) {strict};
create index ticket_made_by on ticket (made_by, created);

create table throttle (             -- who failed how often; rows go after a day
  subject  text primary key,        -- a keyed hash of an account, an address or a form
  failures {int64} not null,
  latest   {int64} not null,
  free_at  {int64} not null         -- until then everything is refused
) {strict};

create table account_state (        -- one row
  id     {int64} primary key check (id = 1),
  secret text not null,             -- with which form tokens and short-lived hashes are made
  latest {int64} not null           -- the latest moment at which anybody signed in: a clock that is set back opens nothing again
) {strict};

-- What an organisation told of itself, and what of it may be public. An organisation without a row is known from documents only.
create table organisation_profile (
  organisation   {int64} primary key references organisation (id),
  standing       text not null check (standing in ('member', 'left')),
  since          text not null,     -- day
  until          text,              -- day it left
  languages      text not null,     -- codes, separated by spaces
  phone          text not null,
  email          text not null,
  address        text not null,
  show_about     {int64} not null check (show_about in (0, 1)),
  show_website   {int64} not null check (show_website in (0, 1)),
  show_contacts  {int64} not null check (show_contacts in (0, 1)),
  show_languages {int64} not null check (show_languages in (0, 1)),
  show_regions   {int64} not null check (show_regions in (0, 1)),
  version        {int64} not null
) {strict};

create table organisation_region (  -- where it is active
  organisation {int64} not null references organisation (id),
  region       {int64} not null references place (id),
  primary key (organisation, region)
) {keyed};

create table joining_request (
  id             {int64} primary key,
  state          text not null check (state in ('waiting', 'accepted', 'refused')),
  kind           text not null,
  name           text not null,
  language       text not null,     -- of name and about
  about          text not null,
  website        text not null,
  region         {int64} references place (id),  -- where it sits; null: national
  regions        text not null,     -- codes of the regions where it is active, separated by spaces
  contact_name   text not null,     -- the person who asks; emptied with the contact once it is decided
  contact        text not null,     -- phone or e-mail
  created        {int64} not null,
  first_by       {int64} references account (id),
  first_at       {int64},
  second_by      {int64} references account (id),
  decided        {int64},
  reason         text not null,     -- of a refusal
  organisation   {int64} references organisation (id),  -- what it became
  version        {int64} not null
) {strict};
create index joining_request_state on joining_request (state, created);
