import type { Exportable, Query } from '#app/exports/exportable.ts'
import { pages } from '#app/exports/office-lists.ts'
import type { ProposalKind, ProposalStatus } from '#app/proposals/kinds.ts'
import { listProposals, startingTab, TAB_NAMES, type Filter, type ListedProposal, type Place } from '#app/proposals/list.ts'
import { reasonsInUse } from '#app/proposals/reasons.ts'
import { findRegionName } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'

const KINDS: Record<ProposalKind, string> = {
  correction: 'Perbaikan data', birth: 'Kelahiran', death: 'Kematian', marriage: 'Perkawinan', member_move: 'Pindah anggota', family_split: 'Pisah KK',
  family_merge: 'Gabung rumah tangga', household_move: 'Pindah desa/kabupaten', deactivation: 'Nonaktif', reactivation: 'Aktifkan kembali', new: 'Usulan baru', undo: 'Pembatalan',
}
const STATUSES: Record<ProposalStatus, string> = {
  prepared: 'Disiapkan sistem, menunggu desa', draft: 'Konsep', submitted: 'Menunggu kecamatan', released: 'Menunggu desa tujuan', checked: 'Menunggu Dinsos', verified: 'Disetujui', listed: 'Masuk prelist', batched: 'Dalam berkas pengesahan',
  ratified: 'Disahkan', dispatched: 'Dikirim ke Kemensos', determined: 'Ditetapkan', returned: 'Dikembalikan', rejected: 'Ditolak', withdrawn: 'Ditarik',
}
const TAB_WORDS: Record<Filter['tab'], string> = {
  mine: 'yang menunggu pembuat ekspor', own: 'yang diusulkan pembuat ekspor', prepared: 'menunggu keputusan desa', submitted: 'menunggu kecamatan', released: 'menunggu desa tujuan', checked: 'menunggu Dinsos', ratification: 'dalam pengesahan', returned: 'dikembalikan', done: 'selesai', closed: 'ditolak atau ditarik',
}

const filterOf = (actor: Actor, { tab, region = '', kind, reason }: Query): Filter => ({
  tab: TAB_NAMES.find((one) => one === tab) ?? startingTab(actor), region, kind: (Object.keys(KINDS) as ProposalKind[]).find((one) => one === kind), reason: reason || undefined,
})

export const proposalsExport: Exportable = {
  name: 'proposals', title: 'Usulan perubahan', href: '/proposals', verbs: ['proposal.read'],
  columns: [{ label: 'Rumah tangga' }, { label: 'Desa/kelurahan' }, { label: 'Desa tujuan' }, { label: 'Usulan' }, { label: 'Alasan' }, { label: 'Keadaan' }, { label: 'Pengusul' }, { label: 'Diajukan' }, { label: 'Keadaan sejak' }],
  words: ({ db, actor }, query) => {
    const { tab, region, kind, reason } = filterOf(actor, query)
    return [TAB_WORDS[tab], region && findRegionName(db, region), kind && KINDS[kind], reason && `alasan ${reasonsInUse(db).find(({ code }) => code === reason)?.label ?? reason}`].filter(Boolean).join('; ')
  },
  chunks: ({ db, actor }, query) => pages<ListedProposal, Place>((after) => listProposals(db, actor, filterOf(actor, query), after),
    ({ headName, village, target, kind, reason, status, proposer, proposedAt, statusAt }) => [headName, village, target ?? '', KINDS[kind], reason, STATUSES[status], proposer, proposedAt, statusAt]),
}
