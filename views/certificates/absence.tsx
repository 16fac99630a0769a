import type { AbsenceView } from '#app/certificates/absences.ts'
import { TakingBack, takenBack } from '#views/certificates/taking-back.tsx'
import { ABSENCES_TRAIL, PURPOSE_WORDS, STATE_WORDS } from '#views/certificates/words.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { formatDate, formatDateTime, maskNik } from '#views/ui/format.ts'
import { Card, Facts, Narrow, PageHead } from '#views/ui/page.tsx'

type Props = { view: AbsenceView, zone: number, typed?: Record<string, string>, problem?: { message: string, fields: Record<string, string>, status: number } }

export const AbsencePage = ({ view: { found, code, place, state, isFoundNow, issuer, revoker, mayRevoke }, zone, typed, problem }: Props) => (
  <Narrow>
    <PageHead title={`Surat tidak terdaftar ${found.name}`} trail={ABSENCES_TRAIL} badge={<Badge tone={STATE_WORDS[state].tone}>{STATE_WORDS[state].label}</Badge>} lead={PURPOSE_WORDS[found.purpose]}
      actions={state !== 'revoked' && !isFoundNow && <LinkButton tone="primary" href={`/certificates/absent/${found.id}/print`}>Lihat dan cetak surat</LinkButton>} />
    {problem && <ProblemPanel problem={problem} labels={{ note: 'Alasan' }} />}
    {isFoundNow && state !== 'revoked' && <Notice tone="warn" title="Tidak benar lagi"><p>NIK ini sekarang tercatat di registri. Cabut surat ini.</p></Notice>}
    <Card>
      <Facts items={[
        { label: 'Nomor surat', value: found.letterNumber, wide: true }, { label: 'Kode pemeriksaan', value: code }, { label: 'Berlaku sampai', value: formatDate(found.validUntil) },
        { label: 'NIK', value: maskNik(found.nik) }, { label: 'Desa/kelurahan', value: place }, { label: 'Alamat', value: found.address, wide: true }, { label: 'Keterangan keperluan', value: found.purposeNote || '–' },
        { label: 'Penanda tangan', value: `${found.signatoryName}, ${found.signatoryPosition}` }, { label: 'Dibuat', value: `${formatDateTime(found.issuedAt, zone)}, ${issuer}` },
        ...(found.ruledOut > 0 ? [{ label: `${found.ruledOut} yang mirip diperiksa`, wide: true, value: found.ruledOutNote }] : []),
        ...takenBack(found, revoker, zone),
      ]} />
    </Card>
    {mayRevoke && <TakingBack href={`/certificates/absent/${found.id}/revocation`} typed={typed?.note} error={problem?.fields.note} />}
  </Narrow>
)
