import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { Run } from '#app/matching/runs.ts'
import { WHO_LABELS } from '#views/matching/labels.ts'
import { PlaceField } from '#views/matching/place.tsx'
import { Button } from '#views/ui/button.tsx'
import { CheckboxGroup, HiddenField, RadioGroup, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Narrow, PageHead } from '#views/ui/page.tsx'

const WHO: Run['who'] = ['never', 'changed', 'failed', 'everyone']

export const NewRunPage = ({ choices, runKey }: { choices: PlaceChoices, runKey: string }) => (
  <Narrow>
    <div class="stack">
      <PageHead title="Mulai pemadanan" trail={[{ href: '/matching', label: 'Pemadanan Dukcapil' }]}
        lead="Daftar anggota disiapkan dulu. Rumah tangga nonaktif dan anggota tanpa NIK 16 angka tidak ikut." />
      <Card>
        <Form action="/matching" guard={false}>
          <HiddenField name="key" value={runKey} />
          <PlaceField choices={choices} legend="Wilayah yang dipadankan" showAction="/matching/new" />
          <CheckboxGroup name="who" label="Siapa yang dipadankan" required values={['never', 'changed']} options={WHO.map((value) => ({ value, label: WHO_LABELS[value] }))} />
          <RadioGroup name="method" label="Cara memadankan" required value="file" options={[
            { value: 'file', label: 'Dengan berkas', hint: 'Unduh daftar CSV atau XLSX, serahkan ke Dukcapil, lalu unggah jawabannya.' },
            { value: 'simulator', label: 'Simulator (latihan)', hint: 'Dijawab langsung, hanya untuk NIK contoh (provinsi 99). Orang sungguhan tidak dinilai.' },
          ]} />
          <TextField name="letter" label="Nomor surat atau BAST penyerahan data" maxlength={100} autocomplete="off" hint="Dicatat dalam jejak audit setiap kali daftar diunduh." />
          <div class="action-bar"><Button>Mulai</Button></div>
        </Form>
      </Card>
    </div>
  </Narrow>
)
