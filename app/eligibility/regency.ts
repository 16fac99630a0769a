import { letOthers } from '#app/background.ts'
import { inOrder, withinQuotas, type Candidate } from '#app/eligibility/choosing.ts'
import { isBeyond, isHolding, judgeFamily, type Rules, type Verdict } from '#app/eligibility/judging.ts'
import { readHomes, type Home, type Wanted } from '#app/eligibility/reading.ts'
import type { Ruled } from '#app/eligibility/rules.ts'
import { isIn, keyOf, keyOfStanding, rivalsIn, standingIn, type Standing } from '#app/eligibility/standing.ts'
import type { Rules as PkhRules } from '#app/pkh/components.ts'
import type { Db } from '#db/connection.ts'

export type Tally = { regionCode: string, families: number, receiving: number, eligible: number, chosen: number, entries: number, exits: number, costNow: number, costThen: number, held: number }
export type Entry = Candidate & { position: number }
export type Exit = { regionCode: string, standing: Standing, desil: number | null, components: number, perYear: number, reasons: string }
export type Outcome = { tallies: Map<string, Tally>, entries: Entry[], exits: Exit[] }

type Judged = Candidate & { standing?: Standing }
// homes: the households somebody of whom stands in the programme.
type Place = { standing: Map<string, Standing>, homes: Set<string>, rivals: Map<string, string[]>, candidates: Judged[] } & Outcome
type Asked = { programme: Ruled, rules: Rules, pkh: PkhRules }

const AT_ONCE = 400

// A kabupaten/kota: everybody is judged, desa by desa; then the quotas are filled, and what is left over is told. db: one
// moment. told: how many households more are through; it answers false when nobody wants to know any more.
export async function judgeRegency(db: Db, villages: readonly string[], asked: Asked, told: (homes: number) => boolean): Promise<Outcome | undefined> {
  const place: Place = { standing: new Map(), homes: new Set(), rivals: new Map(), candidates: [], tallies: new Map(), entries: [], exits: [] }
  for (const village of villages) {
    knowStanding(db, village, place, asked)
    await letOthers()
  }
  for (const village of villages) if (!await judgeVillage(db, village, place, asked, told)) return undefined
  await choose(place, asked.rules)
  for (const standing of place.standing.values()) exit(place, standing, { reasons: 'not_found' })
  return place
}

const tallyOf = ({ tallies }: Outcome, regionCode: string): Tally => {
  const known = tallies.get(regionCode)
  if (known) return known
  const fresh = { regionCode, families: 0, receiving: 0, eligible: 0, chosen: 0, entries: 0, exits: 0, costNow: 0, costThen: 0, held: 0 }
  tallies.set(regionCode, fresh)
  return fresh
}

function knowStanding(db: Db, village: string, place: Place, { programme, rules }: Asked) {
  for (const standing of standingIn(db, programme, village)) {
    if (isIn(standing)) tallyOf(place, village).receiving += 1
    place.standing.set(keyOfStanding(standing) ?? standing.id, standing)
    if (standing.householdId !== null) place.homes.add(standing.householdId)
  }
  rivalsIn(db, rules.contradicts, village, place.rivals)
}

async function judgeVillage(db: Db, village: string, place: Place, asked: Asked, told: (homes: number) => boolean): Promise<boolean> {
  // Who neither stands in the programme nor can come in only counts.
  const isWanted: Wanted = (id, desil) => !isBeyond(desil, asked.rules) || place.homes.has(id)
  let after: number | undefined = 0
  while (after !== undefined) {
    const { homes, seen, others, next }: ReturnType<typeof readHomes> = readHomes(db, village, { after, limit: AT_ONCE }, isWanted)
    for (const home of homes) judgeHome(village, home, place, asked)
    if (seen > 0) tallyOf(place, village).families += others
    if (!told(seen)) return false
    after = next
    await letOthers()
  }
  return true
}

const NO_RIVALS: string[] = []

function judgeHome(village: string, { id, held, families, desil }: Home, place: Place, { rules, pkh }: Asked) {
  const tally = tallyOf(place, village)
  for (const [familySeq, members] of families) {
    const family = { desil: desil(familySeq), members, contradicting: place.rivals.get(keyOf(id, familySeq, null)) ?? NO_RIVALS, held }
    const verdict = judgeFamily(family, rules, pkh)
    const about = { regionCode: village, householdId: id, familySeq, desil: family.desil, components: verdict.components, perYear: verdict.perYear }
    for (const memberSeq of rules.unit === 'person' ? members.map(({ seq }) => seq) : [null]) settle(place, tally, { ...about, memberSeq }, verdict)
  }
  tally.families += families.size
}

function settle(place: Place, tally: Tally, candidate: Candidate, { eligible, checks, persons }: Verdict) {
  const key = keyOf(candidate.householdId, candidate.familySeq, candidate.memberSeq)
  const standing = place.standing.get(key)
  if (standing) place.standing.delete(key)
  if (standing && isIn(standing)) tally.costNow += candidate.perYear
  // Neither comes in nor goes until it is decided; who would do neither is not told of.
  if (checks.some(({ rule }) => isHolding(rule))) {
    if (standing || checks.every(({ rule, passed }) => passed || isHolding(rule)) && (candidate.memberSeq === null || persons.includes(candidate.memberSeq))) tally.held += 1
    if (standing && isIn(standing)) tally.costThen += candidate.perYear
    return
  }
  if (eligible && (candidate.memberSeq === null || persons.includes(candidate.memberSeq))) {
    tally.eligible += 1
    place.candidates.push(standing ? { ...candidate, standing } : candidate)
  } else if (standing) exit(place, standing, { ...candidate, reasons: checks.filter(({ passed }) => !passed).map(({ rule }) => rule).join(',') || 'age' })
}

type About = { desil?: number | null, components?: number, perYear?: number, reasons: string }

// Somebody on the way in was never in it: he only does not come in. Told where he is on the list of recipients.
function exit(place: Place, standing: Standing, { desil = null, components = 0, perYear = 0, reasons }: About) {
  if (!isIn(standing)) return
  place.exits.push({ regionCode: standing.regionCode, standing, desil, components, perYear, reasons })
  tallyOf(place, standing.regionCode).exits += 1
}

// By desil, so that nobody waits for the whole kabupaten to be sorted at once.
async function inTheirOrder(candidates: readonly Judged[]): Promise<Judged[]> {
  const parts = new Map<number | null, Judged[]>()
  for (const candidate of candidates) {
    const part = parts.get(candidate.desil)
    if (part) part.push(candidate)
    else parts.set(candidate.desil, [candidate])
  }
  for (const part of parts.values()) {
    await letOthers()
    part.sort(inOrder)
  }
  return [...parts.values()].sort(([one], [other]) => inOrder(one!, other!)).flat()
}

async function choose(place: Place, rules: Rules) {
  place.candidates = await inTheirOrder(place.candidates)
  const { chosen, over } = withinQuotas(place.candidates, rules)
  for (const candidate of chosen) {
    const tally = tallyOf(place, candidate.regionCode)
    tally.chosen += 1
    tally.costThen += candidate.perYear
    if (candidate.standing) continue
    tally.entries += 1
    place.entries.push({ ...candidate, position: tally.entries })
  }
  await letOthers()
  for (const candidate of over) if (candidate.standing) exit(place, candidate.standing, { ...candidate, reasons: 'quota' })
}

