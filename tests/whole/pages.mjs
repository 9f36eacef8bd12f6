// The public pages that every test of pages walks, for the sample edition.
export const mainPages = ['/', '/activities', '/figures', '/figures/districts', '/figures/compare', '/figures/organisations', '/figures/people?sex=female', '/figures/units?unit=ak-suu', '/regions', '/regions/naryn', '/organisations', '/editions', '/editions/sample',
  '/report', '/report?part=regions', '/report?part=districts', '/report?part=activities', '/report?part=coverage', '/report?part=organisations', '/invite', '/search', '/search?q=migraciya', '/figures/behind', '/guide', '/sources', '/method', '/open-data', '/activities?q=nothing-like-this', '/activities/sheet?place=naryn', '/no-such-page']

// Moments of the sample's campaign, which lasts from 11 September to 19 December 2026, other than its fortieth day, and what differs then.
export const moments = { 'before the campaign': '2026-08-20T06:00:00Z', 'in closing': '2027-01-05T06:00:00Z', 'between editions': '2027-06-01T06:00:00Z' }
export const momentPages = ['/', '/editions/sample', '/activities', '/invite']

// Editions that the country pack documents, and pages that somebody comes to by a wrong turn.
export const documentedPages = ['/editions/2017', '/editions/2018', '/figures?edition=2018', '/forgotten', '/activities?kind=nothing']

// The pages of the workspace; each role sees some of them.
export const workPages = ['/work', '/work/sheet', '/work/log', '/work/system', '/work/timeliness', '/work/questions', '/work/confirm', '/work/deputies', '/work/activities', '/work/activities/new', '/work/propose',
  '/work/activities/new?kind=lecture', '/work/calendar', '/work/calendar?view=week', '/work/calendar?view=list', '/work/board', '/work/table', '/work/gaps',
  '/work/gaps?view=weeks', '/work/gaps?view=audience', '/work/gaps/at-bashy', '/work/invitations', '/work/import', '/work/editions', '/work/editions/new', '/work/editions/sample', '/work/editions/sample/edit', '/work/editions/sample/dates',
  '/work/editions/sample/participants', '/work/editions/sample/targets', '/work/editions/sample/report', '/work/editions/sample/recommendations', '/work/editions/sample/close',
  '/work/news', '/work/news/week', '/search?q=lekciya', '/figures/behind', '/account', '/account/notifications', '/account/factor', '/account/leave', '/people', '/people/invite',
  '/joining']

// Addresses of one activity, its poster and one organisation, read from the API.
export async function findOne (address) {
  const activities = await (await fetch(`${address}/api/v1/activities?limit=1&status=counted`)).json()
  const organisations = await (await fetch(`${address}/api/v1/organisations`)).json()
  const activity = activities.items[0].id
  const sample = organisations.items.find(each => each.slug.startsWith('sample-'))
  return [`/activities/${activity}`, `/activities/${activity}/poster`, `/organisations/${sample.slug}`]
}
