import type { FieldVisit } from '#app/field/store.ts'
import { findMistakes, hasSection, questionnaireOf } from '#app/questionnaire/questionnaire.ts'
import { findMissingEvidence } from '#app/questionnaire/evidence.ts'
import type { SectionCode } from '#app/questionnaire/types.ts'
import { PageHead } from '#views/ui/page.tsx'
import { Steps, type Step } from '#views/ui/nav.tsx'

// The pages of a visit in their order. Outcome first: whoever is not found is asked for no more.
export const VISIT_PAGES = [
  { code: 'respondent', title: 'Hasil kunjungan' }, { code: 'place', title: 'Tempat' }, { code: 'families', title: 'Keluarga' },
  { code: 'housing', title: 'Perumahan' }, { code: 'members', title: 'Anggota' }, { code: 'children', title: 'Anak di luar' },
  { code: 'assets', title: 'Aset & program' }, { code: 'businesses', title: 'Usaha' }, { code: 'dtsen', title: 'Tambahan DTSEN' },
  { code: 'photos', title: 'Foto & lokasi' }, { code: 'review', title: 'Periksa & kirim' },
] as const
type PageCode = typeof VISIT_PAGES[number]['code']

export const visitBase = ({ id, householdId }: Pick<FieldVisit, 'id' | 'householdId'>) => `/field/${householdId}/visits/${id}`

const SHORT: readonly string[] = ['respondent', 'photos', 'review']

// Whoever was not interviewed has three of them. The optional page is there for visits that began with it.
const pagesOf = ({ outcome, questionnaireVersion: version }: Pick<FieldVisit, 'outcome' | 'questionnaireVersion'>) =>
  VISIT_PAGES.filter(({ code }) => outcome !== null && outcome !== 1 ? SHORT.includes(code) : code !== 'dtsen' || hasSection(version, code))

export function nextPage(page: string, visit: FieldVisit): PageCode {
  const pages = pagesOf(visit)
  const at = pages.findIndex(({ code }) => code === page)
  return at < 0 ? 'review' : pages[at + 1]?.code ?? 'review'
}

const isSaved = ({ savedSections }: FieldVisit, code: string) =>
  code === 'photos' ? savedSections.location !== undefined : Object.keys(savedSections).some((key) => key === code || key.startsWith(`${code}.`))

function stateOf(visit: FieldVisit, code: PageCode, current: string, today: string): Step['state'] {
  if (code === current) return 'current'
  if (code === 'review') return 'todo'
  if (code === 'photos') return missingEvidence(visit).length === 0 ? 'done' : isSaved(visit, code) || visit.photos.length > 0 ? 'incomplete' : 'todo'
  if (!isSaved(visit, code)) return 'todo'
  const questionnaire = questionnaireOf(visit.questionnaireVersion)!
  const errors = findMistakes(questionnaire, visit.record, { section: code as SectionCode, context: { today } }).filter(({ severity }) => severity === 'error')
  return errors.length === 0 ? 'done' : 'incomplete'
}

export const missingEvidence = ({ outcome, record, photos, coordinate, activeMs }: FieldVisit) => findMissingEvidence({
  outcome: outcome ?? undefined, record, photoKinds: photos.map(({ kind }) => kind), coordinate: coordinate ?? undefined, durationMs: Math.max(activeMs, 1),
})

export const VisitHead = ({ visit, current, title, today }: { visit: FieldVisit, current: string, title: string, today: string }) => (
  <>
    <PageHead title={title} lead={visit.headName} trail={[{ href: '/field', label: 'Tugas' }, { href: `/field/${visit.householdId}`, label: visit.headName }]} />
    <Steps label="Halaman kunjungan" items={pagesOf(visit).map(({ code, title: label }) => ({
      href: `${visitBase(visit)}/${code}`, label, state: stateOf(visit, code, current, today),
    }))} />
  </>
)
