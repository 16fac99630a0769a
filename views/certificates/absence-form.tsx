import type { Sighting } from '#app/certificates/absences.ts'
import { LETTER_LABELS, PurposeFields, SignatoryCard } from '#views/certificates/letter-fields.tsx'
import { ABSENCES_TRAIL } from '#views/certificates/words.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { Notice } from '#views/ui/badge.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { DateField, FieldRow, HiddenField, NikField, SelectField, TextArea, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Narrow, PageHead } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Trouble = { message: string, fields: Record<string, string>, status: number }
type Props = { villages: { code: string, name: string }[], typed: Record<string, string>, sighting?: Sighting, problem?: Trouble }

const LABELS = {
  region: 'Desa/kelurahan tempat tinggal', nik: 'NIK', name: 'Nama', birthPlace: 'Tempat lahir', birthDate: 'Tanggal lahir', sex: 'Jenis kelamin', address: 'Alamat', ruledOutNote: 'Mengapa bukan orang yang sama', ...LETTER_LABELS,
}

export const AbsenceForm = ({ villages, typed, sighting, problem }: Props) => {
  const field = (name: keyof typeof LABELS) => ({ name, label: LABELS[name], value: typed[name], error: problem?.fields[name] })
  const [only, ...more] = villages
  return (
    <Narrow>
      <PageHead title="Buat surat keterangan tidak terdaftar" trail={ABSENCES_TRAIL} lead="Menerangkan bahwa warga ini tidak tercatat. Salin dari KTP atau KK asli; sistem mencari dahulu NIK itu dan siapa pun yang mirip, dan setiap pencarian tercatat." />
      {problem && <ProblemPanel problem={problem} labels={LABELS} />}
      {sighting && 'registered' in sighting && <Registered one={sighting.registered} />}
      <Form action="/certificates/absent">
        <HiddenField name="id" value={typed.id ?? ''} />
        {sighting && 'likely' in sighting && (
          <Card title="Periksa dahulu: ada yang mirip" tone="warn">
            <p>Mungkin salah satu dari mereka orang yang sama, dengan NIK atau nama yang salah ketik. Bila ya, jangan buat surat ini: buat surat keterangan terdaftar, dan ajukan perbaikan datanya.</p>
            <Table caption="Yang mirip" hideCaption dense columns={['Nama', 'NIK dan tahun lahir', 'Kemiripan']}>
              {sighting.likely.map(({ name, place, nik, birthYear, why, href }) => (
                <Row>
                  <Cell label="Nama" lead>{href ? <a href={href} target="_blank" rel="noopener">{name}</a> : name}<br /><small class="hint">{place}</small></Cell>
                  <Cell label="NIK dan tahun lahir">{[nik, birthYear].filter(Boolean).join(', ') || '–'}</Cell><Cell label="Kemiripan">{why}</Cell>
                </Row>
              ))}
            </Table>
            <HiddenField name="seen" value={sighting.print} />
            <TextArea {...field('ruledOutNote')} error={typed.seen === sighting.print ? 'Tuliskan mengapa tidak seorang pun dari mereka orang yang sama, sedikitnya 5 huruf.' : undefined} required rows={2} maxlength={300} hint="Isi bila sudah dipastikan, misalnya: nama ibu dan alamatnya lain. Lalu tekan Buat surat sekali lagi." />
          </Card>
        )}
        <Card title="Warganya">
          {more.length === 0 ? <HiddenField name="region" value={only?.code ?? ''} /> : <SelectField {...field('region')} required options={villages.map(({ code, name }) => ({ value: code, label: name }))} />}
          <NikField {...field('nik')} required autocomplete="off" />
          <TextField {...field('name')} required maxlength={100} autocomplete="off" />
          <FieldRow>
            <TextField {...field('birthPlace')} required maxlength={60} autocomplete="off" />
            <DateField {...field('birthDate')} required />
            <SelectField {...field('sex')} required options={[{ value: '1', label: 'Laki-laki' }, { value: '2', label: 'Perempuan' }]} />
          </FieldRow>
          <TextField {...field('address')} required maxlength={200} autocomplete="off" hint="Jalan atau dusun, RT dan RW" />
        </Card>
        <Card title="Isi surat">
          <PurposeFields field={field} days="30" />
        </Card>
        <SignatoryCard field={field} />
        <ActionBar><Button>Buat surat</Button><LinkButton tone="quiet" href="/certificates/absent">Batal</LinkButton></ActionBar>
      </Form>
    </Narrow>
  )
}

const Registered = ({ one: { name, place, href } }: { one: Extract<Sighting, { registered: unknown }>['registered'] }) => (
  <Notice tone="bad" title="NIK ini tercatat, jadi surat ini tidak dibuat">
    {href ? <p>{`${name}, ${place}. `}<a href={href}>Buka rumah tangganya</a>{' untuk membuat surat keterangan terdaftar, atau mengajukan perbaikan bila datanya keliru.'}</p>
      : <p>{`Tercatat di ${place}, di luar wilayah Anda. Arahkan warga ke desa atau Dinas Sosial di sana.`}</p>}
  </Notice>
)
