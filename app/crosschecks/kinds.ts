// What routes and views may know of the tables: the kinds of findings and how they stand.
export { FINDING_KINDS, FINDING_STATUSES, type FindingKind, type FindingStatus } from '#db/schema/crosschecks.ts'
export { PROGRAMME_CODES } from '#db/schema/programmes.ts'
