import type { MoveKind, UNREAD } from '#app/dashboards/contributions.ts'
import type { Stage } from '#app/households/stages.ts'
import { EXTENDED } from '#app/questionnaire/questionnaire.ts'
import { can } from '#app/users/permissions.ts'
import type { Actor } from '#app/users/actor.ts'
import { formatNumber } from '#views/ui/format.ts'

export const MOVE_LABELS: Record<MoveKind, string> = {
  submitted: 'Kunjungan masuk', resubmitted: 'Dikirim ulang', checked: 'Disetujui pengawas', verified: 'Disetujui Dinsos', rechecked: 'Dikembalikan ke pemeriksa', returned: 'Dikembalikan ke petugas',
}

export const FUNNEL_LABELS: Record<string, string> = {
  listed: 'Dalam prelist', published: 'Diterbitkan ke desa', given: 'Ditugaskan atau selesai musdes', visited: 'Sudah dikunjungi', checked: 'Disetujui pengawas',
  verified: 'Disetujui Dinsos', ratified: 'Disahkan', dispatched: 'Dikirim ke Kemensos', determined: 'Ditetapkan',
}

const QUESTIONS = new Map<string, { section: string, label: string }>(EXTENDED.sections.flatMap(({ title, questions }) => questions.map(({ roster, key, label }) => [`${roster}.${key}`, { section: title, label }] as const)))
export const questionWords = (question: string) => QUESTIONS.get(question) ?? { section: 'Lainnya', label: question }

const NO_BLOCK: Record<string, string> = { unread: 'Isian tidak terbaca' } satisfies Record<typeof UNREAD, string>
export const blockTitle = (code: string) => NO_BLOCK[code] ?? EXTENDED.sections.find((section) => section.code === code)?.title ?? code

export const daysWord = (days: number) => days === 0 ? 'hari ini' : `${formatNumber(days)} hari`

// Whose queue a stage is.
export const decides = (actor: Actor, stage: Stage) =>
  (stage === 'submitted' || stage === 'recheck') && can(actor, 'visit.check') || stage === 'checked' && can(actor, 'visit.verify')
