import type { PairCase } from '#app/duplicates/case.ts'
import type { Side, SideMember } from '#app/duplicates/sides.ts'
import { STAGE_WORDS } from '#app/households/stages.ts'
import { Deciding } from '#views/duplicates/decision.tsx'
import { KIND_WORDS, placeOf, STATUS_WORDS } from '#views/duplicates/words.ts'
import { PHOTOS } from '#views/reviews/photos.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { formatDate, formatDateTime } from '#views/ui/format.ts'
import { Card, Columns, Facts, PageHead, Stack } from '#views/ui/page.tsx'
import { Photo, PhotoGrid } from '#views/ui/photo.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

export type CaseProps = { found: PairCase, formKey: string, proposalId: string, now: string }
export type Compared = PairCase['findings'][number]

export const PairPage = (props: CaseProps) => {
  const { found } = props
  const { pair } = found
  return (
    <Stack>
      <PageHead title={titleOf(found)} trail={[{ href: '/duplicates', label: 'Data ganda' }]}
        badge={<Badge tone={STATUS_WORDS[pair.status].tone}>{STATUS_WORDS[pair.status].label}</Badge>}
        lead={`${KIND_WORDS[pair.kind].label}, kemiripan ${pair.score}%. Bandingkan keduanya, lihat fotonya bila ada, lalu putuskan.`} />
      <Standing found={found} />
      <Comparisons found={found} />
      <Columns>
        <SideCard title="Data 1" side={found.one} proposes={found.proposes} />
        <SideCard title="Data 2" side={found.other} proposes={found.proposes} />
      </Columns>
      <Deciding {...props} />
    </Stack>
  )
}

const titleOf = ({ findings: [first], one, other }: PairCase) => `${first?.one?.name ?? one.headName} dan ${first?.other?.name ?? other.headName}`

// The surest in full; the others wait folded, so that the page of a whole household stays short.
const Comparisons = ({ found }: { found: PairCase }) => {
  const [first, ...others] = found.findings
  return (
    <>
      {first && <Comparison finding={first} found={found} />}
      {others.length > 0 && (
        <details class="card">
          <summary>{others.length} kesamaan lain di kedua rumah tangga ini</summary>
          <Stack>{others.map((finding) => <Comparison finding={finding} found={found} />)}</Stack>
        </details>
      )}
    </>
  )
}

const Standing = ({ found: { pair, settledByName, proposal, own } }: { found: PairCase }) => {
  const by = settledByName ? `${settledByName}, ${formatDateTime(pair.settledAt)}` : formatDateTime(pair.settledAt)
  return (
    <>
      {own.length === 1 && <Notice><p>Salah satu data berada di luar wilayah Anda, jadi disamarkan. Anda hanya memutuskan untuk data di wilayah sendiri.</p></Notice>}
      {pair.status === 'returned' && <Notice tone="warn" title={pair.keep ? 'Diputuskan untuk digabung' : 'Dikembalikan ke desa untuk diperiksa'}><p>{by}: {pair.note}</p>{pair.keep && <p>Yang dipertahankan: {pair.keep === 'one' ? 'Data 1' : 'Data 2'}. Ajukan usulan untuk data yang lain.</p>}</Notice>}
      {pair.status === 'apart' && <Notice tone="good" title="Diputuskan: dua orang yang berbeda"><p>{by}: {pair.note}</p><p>Pasangan ini tidak diusulkan lagi, kecuali identitas salah satunya berubah.</p></Notice>}
      {pair.status === 'gone' && <Notice tone="good" title="Sudah tidak ganda"><p>Datanya sudah berubah, atau salah satunya tidak aktif lagi.</p></Notice>}
      {pair.status === 'merging' && (
        <Notice tone="info" title={proposal?.isOver ? 'Usulannya ditarik atau ditolak; putuskan lagi' : 'Sedang digabung lewat usulan'}>
          <p>{by}: {pair.note}</p>{proposal?.readable && <p><a href={`/proposals/${proposal.id}`}>Buka usulannya</a></p>}
        </Notice>
      )}
      {pair.status === 'open' && pair.votes && <Notice title="Satu wilayah menyatakan ini dua orang yang berbeda"><p>{by}: {pair.note}</p></Notice>}
    </>
  )
}

const FIELDS: [key: keyof SideMember, label: string][] = [
  ['name', 'Nama'], ['nik', 'NIK'], ['kkNumber', 'Nomor KK'], ['birthDate', 'Tanggal lahir'], ['sex', 'Jenis kelamin'], ['mother', 'Nama ibu kandung'], ['relation', 'Hubungan dengan kepala RT'],
]
const valueOf = (member: SideMember | undefined, key: keyof SideMember) => {
  const value = String(member?.[key] ?? '')
  return key === 'birthDate' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? formatDate(value) : value
}

// What differs is marked by colour, by del/ins and by a word.
const Comparison = ({ finding, found }: { finding: Compared, found: PairCase }) => finding.oneSeq === null
  ? <Card title="Nomor KK yang sama"><p>Kedua rumah tangga memakai satu Nomor KK. Satu keluarga hanya boleh ada di satu rumah tangga.</p></Card>
  : (
    <Card title={`${finding.kind === 'nik' ? 'NIK sama' : 'Mungkin orang yang sama'}: ${finding.one?.name || 'anggota'}`}>
      <p>{finding.reasons.join(', ')}. Kemiripan {finding.score}%.</p>
      <Table caption="Isian berdampingan" hideCaption dense columns={['Isian', `Data 1: ${placeOf(found.one)}`, `Data 2: ${placeOf(found.other)}`, 'Sama?']}>
        {FIELDS.map(([key, label]) => {
          const [one, other] = [valueOf(finding.one, key), valueOf(finding.other, key)]
          const differs = one !== other && one !== '' && other !== ''
          return (
            <Row tone={differs ? 'warn' : undefined}>
              <Cell label="Isian" lead>{label}</Cell>
              <Cell label="Data 1">{one || '–'}</Cell>
              <Cell label="Data 2">{differs ? <ins>{other}</ins> : other || '–'}</Cell>
              <Cell label="Sama?">{differs ? <Badge tone="warn">Berbeda</Badge> : one && other ? 'Sama' : 'Tidak lengkap'}</Cell>
            </Row>
          )
        })}
      </Table>
    </Card>
  )

const SideCard = ({ title, side, proposes }: { title: string, side: Side, proposes: boolean }) => (
  <Card title={title} actions={side.mine ? <SideLinks side={side} proposes={proposes} /> : undefined}>
    <Facts compact items={[
      { label: 'Kepala rumah tangga', value: side.headName }, { label: 'Wilayah', value: side.place, wide: true },
      ...(side.mine ? [{ label: 'Alamat', value: side.address, wide: true }, { label: 'ID prelist', value: side.prelistId ?? 'Usulan baru' }] : []),
      { label: 'Anggota', value: side.memberCount }, { label: 'Tahap', value: `${STAGE_WORDS[side.stage]}${side.isInactive ? ' (nonaktif)' : ''}` },
    ]} />
    {side.mine && (
      <details>
        <summary>Semua anggota</summary>
        <ul class="bulleted">{side.members.map(({ name, relation, birthDate }) => <li>{name}{relation && `, ${relation.toLowerCase()}`}{birthDate && `, lahir ${formatDate(birthDate)}`}</li>)}</ul>
      </details>
    )}
    {side.mine && (side.visitId && side.photos.length > 0
      ? <Pictures side={side} />
      : <p class="hint">Belum ada foto dari kunjungan.</p>)}
  </Card>
)

const SideLinks = ({ side: { id, headName, isInactive }, proposes }: { side: Side, proposes: boolean }) => (
  <>
    <LinkButton small href={`/households/${id}`}>Buka rumah tangga</LinkButton>
    {proposes && !isInactive && <LinkButton small href={`/proposals/new?household=${id}&kind=correction`} aria-label={`Ajukan perbaikan ${headName}`}>Ajukan perbaikan</LinkButton>}
  </>
)

const Pictures = ({ side }: { side: Side }) => (
  <PhotoGrid>
    {PHOTOS.filter(({ kind }) => side.photos.some((photo) => photo.kind === kind)).map(({ kind, label }) => (
      <Photo src={`/files/visits/${side.visitId}/${kind}`} alt={label} caption={label} viewerTitle={`${label}, ${side.headName}`} />
    ))}
  </PhotoGrid>
)
