import type { Standing } from '#app/proposals/standing.ts'
import { outcomeLabel } from '#views/households/labels.ts'
import { KINDS, STATUSES } from '#views/proposals/labels.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { formatDate } from '#views/ui/format.ts'
import { Card } from '#views/ui/page.tsx'

export const heldWords = ({ exports, programmes }: { exports: number, programmes: number }) => [
  exports === 1 && 'Barisnya ditinggalkan dari berkas ekspor.', programmes === 1 && 'Tidak masuk hasil kelayakan dan usulan program yang baru.',
].filter(Boolean).join(' ')

type Props = { householdId: string, standing: Standing }

export const ProposeButton = ({ householdId, standing }: Props) => standing.mayPropose
  ? <LinkButton href={`/proposals/new?household=${householdId}`} tone="primary">{standing.inactive ? 'Ajukan pengaktifan kembali' : 'Ajukan perubahan'}</LinkButton>
  : null

// On the household's own page: out of the register with the reason, and where it came from.
export const StandingNotice = ({ standing: { inactive, heldBack, restrictions, seesCases, origin } }: Props) => (
  <>
    {restrictions.map(({ caseId, number, since, untilOn, reason, ...held }) => (
      <Notice tone="warn" title={`Pemrosesan dibatasi sejak ${formatDate(since)}${untilOn ? ` sampai ${formatDate(untilOn)}` : ''}`}>
        <p>{`Atas permohonan warga. ${heldWords(held)} Bantuan yang sudah ditetapkan tetap dibayarkan. Alasan: ${reason}`}</p>
        <p>{seesCases ? <a href={`/protection/cases/${caseId}`}>{`Buka permohonan ${number}`}</a> : 'Hanya Dinsos yang mengakhirinya.'}</p>
      </Notice>
    ))}
    {heldBack && (
      <Notice tone="warn" title={`Menunggu keputusan nonaktif sejak ${formatDate(heldBack.since)}`}>
        <p>Kunjungan terakhir ditetapkan dengan hasil "{outcomeLabel(heldBack.outcome)}". Rumah tangga ini ditahan dari daftar salur dan hasil kelayakan yang baru sampai <a href={`/proposals/${heldBack.proposalId}`}>usulan nonaktifnya</a> diputuskan.</p>
      </Notice>
    )}
    {inactive && (
      <Notice tone="bad" title={`Nonaktif sejak ${formatDate(inactive.since)}: ${inactive.label}`}>
        <p>Rumah tangga ini tidak lagi dihitung dalam daftar dan berkas. Isi dan riwayatnya tetap tersimpan.</p>
      </Notice>
    )}
    {origin && <Notice><p>Berasal dari <a href={`/proposals/${origin.id}`}>usulan baru tanggal {formatDate(origin.proposedAt)}</a>.</p></Notice>}
  </>
)

export const OpenProposals = ({ standing: { open } }: Props) => open.length === 0 ? null : (
  <Card title="Usulan yang berjalan">
    <ul>
      {open.map(({ id, kind, status, proposedAt }) => (
        <li><a href={`/proposals/${id}`}>{KINDS[kind].label}</a>, {formatDate(proposedAt)}<br /><Badge tone={STATUSES[status].tone}>{STATUSES[status].label}</Badge></li>
      ))}
    </ul>
  </Card>
)
