-- The life of an activity in the workspace: who made which step, in whose place, on whose paper, and what a result says beside its counts.
-- People are named by their id alone; their names live and go with their account.

create table activity_work (            -- one row for each activity that was entered or acted on in the workspace
  activity         {int64} primary key references activity (id),
  discarded        {int64} not null check (discarded in (0, 1)),         -- a draft that was put away
  unapproved       {int64} not null check (unapproved in (0, 1)),        -- its result came in although nobody had approved it
  created_by       {int64},
  proposed_by      {int64},             -- of the latest proposal; null: by nobody here (an import)
  proposed_for     {int64},             -- in whose place; null: in the person's own name
  proposed_at      {int64},
  escalates        text,                -- day from which the proposal may be answered one level up
  reported_by      {int64},             -- of the current result
  reported_for     {int64}
) {strict};
create index activity_work_by_creator on activity_work (created_by, activity);
create index activity_work_by_proposer on activity_work (proposed_by, activity);

create table activity_step (            -- a line of activity_change that a person made
  activity     {int64} not null references activity (id),
  version      {int64} not null,        -- the one it led to
  at           {int64} not null,
  action       text not null,
  state_before text not null,
  state        text not null,
  person       {int64} not null,
  acting_for   {int64},                 -- whose right was used
  organisation {int64} references organisation (id),   -- the person acted for; shown where names are not
  role         text not null,
  reason       text not null,
  primary key (activity, version)
) {keyed};
create index activity_step_by_person on activity_step (person, at);

create table activity_before (          -- what the latest step changed, to take it back for a few minutes
  activity         {int64} primary key references activity (id),
  version          {int64} not null,    -- the one the step led to
  state            text not null,
  day              text not null,
  end_day          text not null,
  start_minutes    {int64},
  end_minutes      {int64},
  place            {int64} references place (id),
  village          text not null,
  moved_from_day   text,
  moved_from_place {int64} references place (id),
  reason           text not null,
  result           {int64},             -- version of the result that counted; null: none
  discarded        {int64} not null,
  unapproved       {int64} not null,
  proposed_by      {int64},
  proposed_for     {int64},
  proposed_at      {int64},
  escalates        text,
  reported_by      {int64},
  reported_for     {int64}
) {strict};

create table paper_approval (           -- an approval signed on paper
  activity     {int64} not null references activity (id),
  version      {int64} not null,        -- of the step that entered it
  order_number text not null,
  order_day    text not null,
  signed_by    text not null,           -- office, not a name
  primary key (activity, version)
) {strict};

create table result_words (             -- what a version of a result says beside its counts; coalition only
  activity       {int64} not null references activity (id),
  version        {int64} not null,
  sum_differs    {int64} not null check (sum_differs in (0, 1)),  -- saved as "does not add up"
  challenges     text not null,
  recommendation text not null,
  reason         text not null,         -- of a correction
  primary key (activity, version)
) {strict};

create table result_question (          -- what people asked, without names
  activity {int64} not null references activity (id),
  version  {int64} not null,
  position {int64} not null,
  topic    text not null,               -- code of the pack's topics; empty: another
  question text not null,
  primary key (activity, version, position)
) {keyed};
create index result_question_by_topic on result_question (topic, activity);

create table result_confirmation (      -- of each version of a result
  activity     {int64} not null references activity (id),
  version      {int64} not null,
  at           {int64} not null,
  person       {int64} not null,
  acting_for   {int64},
  organisation {int64} references organisation (id),
  role         text not null,
  primary key (activity, version)
) {strict};

create table stand_in (                 -- who acts in whose place
  id         {int64} primary key,
  principal  {int64} not null,
  substitute {int64} not null,
  kind       text not null check (kind in ('deputy', 'assistant')),  -- during an absence; for one who does not use computers
  day_from   text not null,
  day_until  text,                      -- null: until it is ended
  created_by {int64} not null,
  created    {int64} not null,
  check (principal <> substitute)
) {strict};
create index stand_in_by_substitute on stand_in (substitute, day_from);
create index stand_in_by_principal on stand_in (principal, day_from);

create table work_post (                -- forms that were stored: sent a second time, they change nothing
  person   {int64} not null,
  token    text not null,
  activity {int64} not null references activity (id),
  at       {int64} not null,
  primary key (person, token)
) {keyed};

create table checklist_tick (
  activity {int64} not null references activity (id),
  item     text not null,               -- code of the pack's checklist
  at       {int64} not null,
  person   {int64} not null,
  primary key (activity, item)
) {keyed};

create table remark (                   -- the discussion under an activity; coalition only
  id       {int64} primary key,
  activity {int64} not null references activity (id),
  at       {int64} not null,
  person   {int64} not null,
  text     text not null
) {strict};
create index remark_by_activity on remark (activity, id);
