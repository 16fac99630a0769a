import type { CertificateView } from '#app/certificates/certificates.ts'
import { TakingBack, takenBack } from '#views/certificates/taking-back.tsx'
import { CERTIFICATES_TRAIL, PURPOSE_WORDS, STATE_WORDS } from '#views/certificates/words.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { formatDate, formatDateTime } from '#views/ui/format.ts'
import { Card, Facts, Narrow, PageHead } from '#views/ui/page.tsx'

type Props = { view: CertificateView, zone: number, typed?: Record<string, string>, problem?: { message: string, fields: Record<string, string>, status: number } }

export const CertificatePage = ({ view: { found, code, name, state, whyNot, issuer, revoker, mayRevoke }, zone, typed, problem }: Props) => (
  <Narrow>
    <PageHead title={`Surat keterangan ${name}`} trail={CERTIFICATES_TRAIL} badge={<Badge tone={STATE_WORDS[state].tone}>{STATE_WORDS[state].label}</Badge>}
      lead={PURPOSE_WORDS[found.purpose]}
      actions={state !== 'revoked' && !whyNot && <LinkButton tone="primary" href={`/certificates/${found.id}/print`}>Lihat dan cetak surat</LinkButton>} />
    {problem && <ProblemPanel problem={problem} labels={{ note: 'Alasan' }} />}
    {whyNot && state !== 'revoked' && <Notice tone="warn" title="Surat ini tidak bisa dicetak sekarang"><p>{whyNot}</p></Notice>}
    <Card>
      <Facts items={[
        { label: 'Nomor surat', value: found.letterNumber, wide: true }, { label: 'Kode pemeriksaan', value: code }, { label: 'Berlaku sampai', value: formatDate(found.validUntil) }, { label: 'Keterangan keperluan', value: found.purposeNote || '–' },
        { label: 'Penanda tangan', value: `${found.signatoryName}, ${found.signatoryPosition}` }, { label: 'Dibuat', value: `${formatDateTime(found.issuedAt, zone)}, ${issuer}` },
        { label: 'Rumah tangga', value: <a href={`/households/${found.householdId}`}>Buka data rumah tangga</a> },
        ...takenBack(found, revoker, zone),
      ]} />
    </Card>
    {mayRevoke && <TakingBack href={`/certificates/${found.id}/revocation`} typed={typed?.note} error={problem?.fields.note} />}
  </Narrow>
)
