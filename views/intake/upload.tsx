import type { CentralCode } from '#app/programmes/programme.ts'
import { recipientColumns } from '#views/intake/csv.ts'
import { INTAKE_TRAIL, PROGRAMME_NAMES } from '#views/intake/words.ts'
import { CENTRAL_NAMES } from '#views/programmes/labels.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { Button, LinkButton } from '#views/ui/button.tsx'
import { FileField, HiddenField, SelectField, TextField, type Option } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Tabs } from '#views/ui/nav.tsx'
import { Card, Facts, PageHead, Stack } from '#views/ui/page.tsx'

export type Typed = { region?: string, source?: string, defaultState?: string }
type Props = {
  programme: CentralCode, number: string, ofFamily: boolean, states: Option[], startState: string, categories: string[], regencies: Option[], typed: Typed
  problem?: { message: string, fields: Record<string, string>, status?: number }
}

export const IntakeUploadPage = (props: Props) => {
  const { programme, states, startState, regencies, typed, problem } = props
  return (
    <Stack>
      <PageHead title="Unggah daftar penerima" trail={[INTAKE_TRAIL]} lead="Berkas CSV atau XLSX. Setelah dibaca, hasilnya diperlihatkan dulu; belum ada yang berubah." />
      {problem && <ProblemPanel problem={problem} />}
      <Tabs label="Program" items={(Object.keys(CENTRAL_NAMES) as CentralCode[]).map((code) => ({ href: `/intake/new?programme=${code}`, label: PROGRAMME_NAMES[code], current: code === programme }))} />
      <Card title={`Berkas ${PROGRAMME_NAMES[programme]}`}>
        <Form action="/intake" upload guard={false}>
          <HiddenField name="programme" value={programme} />
          {regencies.length === 1
            ? <><HiddenField name="region" value={regencies[0]!.value} /><Facts items={[{ label: 'Kabupaten/kota', value: regencies[0]!.label }]} /></>
            : <SelectField name="region" label="Kabupaten/kota" required value={typed.region} options={regencies} error={problem?.fields.region} />}
          <SelectField name="defaultState" label="Keadaan penerima baru" required blank="" value={typed.defaultState ?? startState} options={states} hint="Dipakai bila barisnya tidak memuat status." error={problem?.fields.defaultState} />
          <TextField name="source" label="Sumber" required value={typed.source} maxlength={200} hint="Misalnya: SIKS-NG, SK penerima Januari 2026" error={problem?.fields.source} />
          <FileField name="file" label="Berkas penerima" required accept=".csv,.xlsx,text/csv" hint="CSV atau XLSX, paling besar 200 MB" error={problem?.fields.file} />
          <div class="action-bar"><Button>Unggah dan baca</Button></div>
        </Form>
      </Card>
      <Layout {...props} />
    </Stack>
  )
}

const Layout = ({ programme, number, ofFamily, states, categories }: Props) => (
  <Card title="Susunan berkas" actions={<LinkButton href={`/intake/template.csv?programme=${programme}`} download>Unduh contoh CSV</LinkButton>}>
    <p>{`Satu baris untuk satu ${ofFamily ? 'keluarga' : 'orang'}. Baris pertama memuat nama kolom: ${recipientColumns(programme).join(', ')}. Nama kolom lain yang lazim, misalnya "No KK" atau "Nama Penerima", juga dikenali.`}</p>
    <Facts items={[
      { label: 'nik dan no_kk', value: `16 angka. ${ofFamily ? 'Paling sedikit satu.' : 'NIK wajib.'} Dicari di registri menurut NIK, lalu menurut No KK. Di Excel jadikan kolomnya teks agar angkanya tidak dibulatkan.`, wide: true },
      { label: recipientColumns(programme).find((name) => /kks|peserta|jkn/.test(name)) ?? 'no_register', value: `${number}. Boleh kosong; satu nomor hanya untuk satu penerima.`, wide: true },
      { label: 'status', value: `Boleh kosong. ${states.map(({ label }) => label).join(', ')}; juga aktif, nonaktif, calon, suspend.`, wide: true },
      { label: 'kode_wilayah', value: 'Kode desa/kelurahan Kemendagri, misalnya 34.02.01.2001. Dipakai bagi yang tidak ada di registri.', wide: true },
      ...(categories.length > 0 ? [{ label: 'kategori', value: `Nomor atau namanya: ${categories.join('; ')}.`, wide: true }] : []),
    ]} />
  </Card>
)
