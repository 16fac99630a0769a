import { listAudit, type AuditFilter } from '#app/audit/audit.ts'
import { actionWords } from '#app/audit/words.ts'
import { heldFor, VIA } from '#app/deliveries/held-words.ts'
import { listHeld, type HeldPlace } from '#app/deliveries/held.ts'
import type { Cell, Exportable, Query } from '#app/exports/exportable.ts'
import { STAGE_WORDS } from '#app/households/stages.ts'
import { OUTCOMES } from '#app/questionnaire/2026/options.ts'
import { inWords } from '#app/questionnaire/display.ts'
import { findRegionName } from '#app/regions/regions.ts'
import { listWaiting, type Filter as ReviewFilter, type Place } from '#app/reviews/queue.ts'
import { ROLE_WORDS, ROLES } from '#app/users/permissions.ts'
import { getUser } from '#app/users/users.ts'
import { listUsers, type Filter as UserFilter } from '#app/users/user-list.ts'

// Page after page of what the list itself shows, to its end.
export function* pages<Row, After, Made = Cell[]>(read: (after: After | undefined) => { rows: Row[], next: After | undefined }, cells: (row: Row) => Made): Generator<Made[]> {
  for (let after: After | undefined; ;) {
    const { rows, next } = read(after)
    if (rows.length > 0) yield rows.map(cells)
    if (next === undefined) return
    after = next
  }
}

const outcomeWords = (code: number | null) => OUTCOMES.find((option) => option.code === code)?.label ?? ''
const minutes = (ms: number) => Math.round(ms / 60_000)

const reviewFilter = ({ village, officer, outcome, flags, order }: Query): ReviewFilter => ({
  village, officer, outcome: outcome ? Number(outcome) : undefined, flags: flags === 'yes' || flags === 'no' ? flags : undefined, order: order === 'weight' ? order : undefined,
})

export const reviewsExport: Exportable = {
  name: 'reviews', title: 'Antrean pemeriksaan', href: '/reviews', verbs: ['visit.check', 'visit.verify'],
  columns: [
    { label: 'Kepala rumah tangga' }, { label: 'NIK kepala', kind: 'card' }, { label: 'Desa/kelurahan' }, { label: 'Petugas' }, { label: 'Hasil kunjungan' },
    { label: 'Wawancara (menit)', kind: 'count' }, { label: 'Tanda', kind: 'count' }, { label: 'Tahap' }, { label: 'Menunggu sejak' },
  ],
  words: ({ db }, query) => {
    const { village, officer, outcome, flags } = reviewFilter(query)
    return [
      village && (findRegionName(db, village) ?? village), officer && `petugas ${getUser(db, officer).name}`, outcome && `hasil ${outcomeWords(outcome)}`,
      flags && (flags === 'yes' ? 'yang bertanda' : 'tanpa tanda'),
    ].filter(Boolean).join('; ')
  },
  chunks: ({ db, actor }, query) => pages<ReturnType<typeof listWaiting>['cases'][number], Place>((after) => {
    const { cases, next } = listWaiting(db, actor, reviewFilter(query), after)
    return { rows: cases, next: next ?? undefined }
  }, ({ headName, headNik, village, officerName, outcome, activeMs, flagCount, stage, stageAt }) =>
    [headName, headNik, village, officerName, outcomeWords(outcome), minutes(activeMs), flagCount, STAGE_WORDS[stage], stageAt]),
}

export const heldExport: Exportable = {
  name: 'deliveries', title: 'Kiriman ditahan', href: '/deliveries', verbs: ['delivery.settle'],
  columns: [{ label: 'Kepala rumah tangga' }, { label: 'Desa/kelurahan' }, { label: 'Petugas' }, { label: 'Sebab' }, { label: 'Jalan' }, { label: 'Nomor kiriman', kind: 'count' }, { label: 'Diterima' }],
  chunks: ({ db, actor }) => pages<ReturnType<typeof listHeld>['rows'][number], HeldPlace>((after) => {
    const { rows, next } = listHeld(db, actor, after)
    return { rows, next: next ?? undefined }
  }, ({ headName, village, officerName, reason, via, sequence, receivedAt }) => [headName ?? '', village ?? '', officerName, heldFor(reason), VIA[via], sequence, receivedAt]),
}

const auditFilter = ({ actor = '', action = '', subject = '', from, to }: Query): AuditFilter => ({ actor, action, subject, from, to })

export const auditExport: Exportable = {
  name: 'audit', whole: true, title: 'Jejak audit', href: '/audit', verbs: ['audit.read'],
  columns: [{ label: 'Nomor', kind: 'count' }, { label: 'Waktu' }, { label: 'Pelaku' }, { label: 'Tindakan' }, { label: 'Kode tindakan' }, { label: 'Tentang' }, { label: 'Rincian' }],
  words: (_, query) => {
    const { actor, action, subject, from, to } = auditFilter(query)
    return [actor && `pelaku ${actor}`, action && `tindakan ${actionWords(action)}`, subject && `tentang ${subject}`, from && `sejak ${inWords(from)}`, to && `sampai ${inWords(to)}`].filter(Boolean).join('; ')
  },
  chunks: ({ db, actor }, query) => pages<ReturnType<typeof listAudit>['lines'][number], number>((before) => {
    const { lines, next } = listAudit(db, actor, { ...auditFilter(query), before })
    return { rows: lines, next }
  }, ({ seq, at, actor: who, action, subject, details }) => [seq, at, who, actionWords(action), action, subject, JSON.stringify(details)]),
}

const userFilter = ({ q = '', role, region = '', status }: Query): UserFilter =>
  ({ q, region, role: ROLES.find((one) => one === role), status: (['invited', 'active', 'suspended'] as const).find((one) => one === status) })
const STATUS = { invited: 'Belum mengganti kata sandi', active: 'Aktif', suspended: 'Ditangguhkan' }

export const usersExport: Exportable = {
  name: 'users', whole: true, title: 'Pengguna', href: '/users', verbs: ['user.manage'],
  columns: [{ label: 'Nama' }, { label: 'Nama pengguna' }, { label: 'Peran' }, { label: 'Wilayah' }, { label: 'Telepon' }, { label: 'Keadaan' }, { label: 'Dibuat' }],
  words: ({ db }, query) => {
    const { q, region, role, status } = userFilter(query)
    return [region && findRegionName(db, region), q && `pencarian "${q}"`, role && ROLE_WORDS[role], status && STATUS[status].toLowerCase()].filter(Boolean).join('; ')
  },
  chunks: ({ db, actor }, query) => pages<ReturnType<typeof listUsers>['users'][number], string>((after) => {
    const { users, next } = listUsers(db, actor, { ...userFilter(query), after })
    return { rows: users, next }
  }, ({ name, username, role, places, phone, status, createdAt }) => [name, username, ROLE_WORDS[role], places.join(', '), phone, STATUS[status], createdAt.slice(0, 10)]),
}
