import type { Answering } from '#app/quality/flag-answers.ts'
import type { Flagged, FlagPlace } from '#app/quality/officer-page.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { officerHref } from '#views/quality/links.ts'
import { Badge } from '#views/ui/badge.tsx'
import { Button, LinkButton } from '#views/ui/button.tsx'
import { HiddenField, TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, EmptyState } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

export type Refusal = { message: string, fields: Record<string, string>, typed: Partial<Answering> }
type Props = { officerId: string, desa?: string, flags: { rows: Flagged[], next?: FlagPlace }, flag?: string, kinds: { code: string, title: string, visits: number }[], isOwn: boolean, answers: boolean, newKey: () => string, refusal?: Refusal }

export const FlagsCard = ({ officerId, desa, flags, flag, kinds, isOwn, answers, newKey, refusal }: Props) => (
  <Card title={isOwn ? 'Tanda pada kunjungan Anda' : 'Tanda menurut jenis'} id="tanda">
    {isOwn && <p>Tanda membantu pemeriksa memilih kunjungan yang dilihat dulu. Tanda bukan tuduhan: kunjungan yang benar pun bisa bertanda. Ceritakan apa yang terjadi; pemeriksa membacanya di samping tanda itu.</p>}
    {kinds.length > 0 && (
      <Table caption="Tanda menurut jenis; pilih satu untuk melihat kunjungannya" dense columns={['Jenis tanda', { label: 'Kunjungan', align: 'right' }]}>
        {kinds.map(({ code, title, visits }) => (
          <Row tone={flag === code ? 'info' : undefined}>
            <Cell label="Jenis tanda" lead><a href={`${officerHref(officerId, { desa, flag: code })}#tanda`} aria-current={flag === code ? 'true' : undefined}>{title}</a></Cell>
            <Cell label="Kunjungan" align="right">{formatNumber(visits)}</Cell>
          </Row>
        ))}
      </Table>
    )}
    {flag && <p><LinkButton small href={`${officerHref(officerId, { desa })}#tanda`}>Tampilkan semua jenis</LinkButton></p>}
    {flags.rows.length === 0
      ? <EmptyState title="Tidak ada tanda">{isOwn ? 'Kunjungan Anda yang sudah dinilai tidak bertanda.' : 'Kunjungan petugas ini yang sudah dinilai tidak bertanda.'}</EmptyState>
      : (
        <>
          <ol class="flag-list" id="daftar-tanda">{flags.rows.map((row) => <FlagItem row={row} isOwn={isOwn} answers={answers} newKey={newKey} refusal={refusal} />)}</ol>
          <Pager nextHref={flags.next && `${officerHref(officerId, { desa, flag, after: flags.next })}#tanda`} />
        </>
      )}
  </Card>
)

type ItemProps = { row: Flagged } & Pick<Props, 'isOwn' | 'answers' | 'newKey' | 'refusal'>

const placeOf = ({ visitId, householdId, inReview }: Flagged, isOwn: boolean) => isOwn ? `/field/${householdId}` : inReview ? `/reviews/${visitId}` : `/households/${householdId}`

const FlagItem = ({ row, isOwn, answers, newKey, refusal }: ItemProps) => {
  const mine = refusal?.typed.visitId === row.visitId && refusal.typed.code === row.code ? refusal : undefined
  return (
    <li>
      <p><strong>{row.title}</strong> {row.weight >= 3 && <Badge tone="warn">Tanda kuat</Badge>}</p>
      <p>{row.message}</p>
      <p class="hint"><a href={placeOf(row, isOwn)}>{row.headName}</a> · {row.desa} · dikirim <time datetime={row.submittedAt}>{formatDateTime(row.submittedAt, zoneOf(row.regionCode))}</time></p>
      {row.answers.map(({ text, at }) => <blockquote><p>{text}</p><p class="hint">{isOwn ? 'Penjelasan Anda' : 'Penjelasan petugas'}, <time datetime={at}>{formatDateTime(at, zoneOf(row.regionCode))}</time></p></blockquote>)}
      {answers && (
        <details open={mine !== undefined}>
          <summary>{row.answers.length > 0 ? 'Tambah penjelasan' : 'Jelaskan'}</summary>
          <Form action="/officers/mine/answers">
            <HiddenField name="key" value={newKey()} /><HiddenField name="visit" value={row.visitId} /><HiddenField name="code" value={row.code} />
            <TextArea name="text" id={`jawab-${row.visitId}-${row.code}`} label={`Penjelasan: ${row.title}, ${row.headName}`} required rows={2} maxlength={500} value={mine?.typed.text} error={mine && (mine.fields.text ?? mine.message)}
              hint="Misalnya: rumahnya satu halaman dengan tetangga, atau warga hanya ada di rumah malam hari." />
            <Button small>Kirim penjelasan</Button>
          </Form>
        </details>
      )}
    </li>
  )
}
