import { options } from '#app/questionnaire/2026/options.ts'
import type { Condition, Question } from '#app/questionnaire/types.ts'

// The optional questions of DTSEN (draft of the BPS regulation: names are public, code numbers are not). None is ever
// required: what was not asked stays empty.
const LIVES_HERE: readonly Condition[] = [{ key: 'memberPresence', in: [1, 4] }]
const INTERVIEWED: readonly Condition[] = [{ key: 'hasilVerivali', in: [1] }]

type Own = Pick<Question, 'key' | 'number' | 'label' | 'type'> & Partial<Question>
const ofHousehold = (own: Own): Question => ({ roster: 'household', required: false, extension: true, askedWhen: INTERVIEWED, source: 'S6', ...own })
const ofMember = (own: Own): Question => ({ roster: 'members', required: false, extension: true, askedWhen: LIVES_HERE, source: 'S6', ...own })
const counted = (key: string, number: string, label: string): Question => ofHousehold({ key, number, label, type: 'integer', min: 0, max: 999 })

export const DTSEN: Question[] = [
  ofHousehold({ key: 'familiesInHouse', number: 'X1', label: 'Jumlah keluarga yang tinggal dalam satu rumah', type: 'integer', min: 0, max: 20 }),
  ofHousehold({ key: 'plnMeterId', number: 'X2', label: 'ID pelanggan/nomor meteran PLN', type: 'text', pattern: '^[0-9]{11,12}$', hint: '11–12 angka' }),
  counted('gasCylinderCount', 'X3a', 'Jumlah tabung gas 5,5 kg atau lebih'),
  counted('fridgeCount', 'X3b', 'Jumlah lemari es/kulkas'),
  counted('acCount', 'X3c', 'Jumlah AC'),
  counted('waterHeaterCount', 'X3d', 'Jumlah pemanas air (water heater)'),
  counted('landlineCount', 'X3e', 'Jumlah telepon rumah (PSTN)'),
  counted('flatTvCount', 'X3f', 'Jumlah televisi layar datar 30 inci atau lebih'),
  ofHousehold({ key: 'goldGram', number: 'X3g', label: 'Emas/perhiasan', type: 'decimal', min: 0, max: 100_000, hint: 'Berat seluruhnya dalam gram.' }),
  counted('computerCount', 'X3h', 'Jumlah komputer/laptop/tablet'),
  counted('motorcycleCount', 'X3i', 'Jumlah sepeda motor'),
  counted('bicycleCount', 'X3j', 'Jumlah sepeda'),
  counted('carCount', 'X3k', 'Jumlah mobil'),
  counted('boatCount', 'X3l', 'Jumlah perahu'),
  counted('motorboatCount', 'X3m', 'Jumlah kapal/perahu motor'),
  counted('smartphoneCount', 'X3n', 'Jumlah smartphone'),
  ofHousehold({ key: 'farmlandHa', number: 'X4a', label: 'Luas sawah/kebun', type: 'decimal', min: 0, max: 10_000, hint: 'Dalam hektare; 1.000 m² = 0,1 hektare.' }),
  ofHousehold({ key: 'otherLand', number: 'X4b', label: 'Lahan lainnya', type: 'yesno', legacyYesNo: [1, 2] }),
  ofHousehold({ key: 'otherHouse', number: 'X4c', label: 'Rumah lainnya', type: 'yesno', legacyYesNo: [1, 2] }),
  counted('largeLivestock', 'X5a', 'Ternak besar: sapi, kerbau, kuda (ekor)'),
  counted('smallLivestock', 'X5b', 'Ternak kecil: kambing, domba, babi (ekor)'),
]

const DIFFICULTY = options({ 1: 'Tidak ada kesulitan', 2: 'Ada sedikit kesulitan', 3: 'Ada banyak kesulitan', 4: 'Tidak dapat melakukan sama sekali' })
const difficulty = (key: string, number: string, label: string): Question => ofMember({ key, number, label, type: 'single', options: DIFFICULTY })

// Asked of each person, on that person's own page. Y: the Washington Group Short Set.
export const DTSEN_OF_MEMBER: Question[] = [
  ofMember({ key: 'domicileAddress', number: 'X6', label: 'Alamat domisili sesuai kondisi lapangan', type: 'text', hint: 'Bila lain daripada alamat rumah ini.' }),
  ofMember({ key: 'businessCount', number: 'X7', label: 'Jumlah usaha yang dimiliki', type: 'integer', min: 0, max: 99 }),
  difficulty('seeing', 'Y1', 'Kesulitan melihat walau berkacamata'),
  difficulty('hearing', 'Y2', 'Kesulitan mendengar walau memakai alat bantu'),
  difficulty('walking', 'Y3', 'Kesulitan berjalan/naik tangga'),
  difficulty('remembering', 'Y4', 'Kesulitan mengingat/berkonsentrasi'),
  difficulty('selfCare', 'Y5', 'Kesulitan mengurus diri sendiri'),
  difficulty('communicating', 'Y6', 'Kesulitan berkomunikasi'),
  ofMember({
    key: 'disabilityLawType', number: 'Y7', label: 'Ragam penyandang disabilitas (UU 8/2016)', type: 'multi',
    options: options({ 1: 'Fisik', 2: 'Mental', 3: 'Intelektual', 4: 'Sensorik', 5: 'Ganda' }),
  }),
]
