import type { Question } from '#app/questionnaire/types.ts'

export const EVIDENCE: Question[] = [
  {
    key: 'photoKtp', number: 'F-KTP', label: 'Foto KTP', type: 'photo', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'F-KTP', hint: 'Seluruh KTP terlihat, NIK dan nama terbaca.', source: 'S2',
  },
  {
    key: 'photoKk', number: 'F-KK', label: 'Foto Kartu Keluarga', type: 'photo', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'F-KK', hint: 'Seluruh halaman KK terlihat, nomor KK terbaca.', source: 'S2',
  },
  {
    key: 'photoRespondent', number: 'F-KRT', label: 'Foto responden/kepala rumah tangga', type: 'photo', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'F-KRT', hint: 'Wajah responden terlihat jelas, di rumahnya.', source: 'S2',
  },
  {
    key: 'photoHouse', number: 'F-RUMAH', label: 'Foto rumah (tampak depan)', type: 'photo', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'F-RUMAH', hint: 'Seluruh muka rumah dari depan.', source: 'S2',
  },
  {
    key: 'photoRoof', number: 'F-ATAP', label: 'Foto atap', type: 'photo', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'F-ATAP', hint: 'Atap dari luar atau dari dalam.', source: 'S2',
  },
  {
    key: 'photoFloor', number: 'F-LANTAI', label: 'Foto lantai', type: 'photo', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'F-LANTAI', hint: 'Lantai yang paling luas.', source: 'S2',
  },
  {
    key: 'photoWall', number: 'F-DINDING', label: 'Foto dinding', type: 'photo', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'F-DINDING', hint: 'Dinding yang paling luas.', source: 'S2',
  },
  {
    key: 'photoKitchen', number: 'F-DAPUR', label: 'Foto dapur', type: 'photo', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'F-DAPUR', hint: 'Tempat memasak dan bahan bakarnya.', source: 'S2',
  },
  {
    key: 'photoToilet', number: 'F-JAMBAN', label: 'Foto jamban/kloset', type: 'photo', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'F-JAMBAN', hint: 'Kloset atau tempat buang air besar.', source: 'S2',
  },
  {
    key: 'latitude', number: 'GEO1', label: 'Lintang', type: 'decimal', roster: 'household', required: false, min: -11.5, max: 6.5, automatic: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'lat', source: 'S2',
  },
  {
    key: 'longitude', number: 'GEO2', label: 'Bujur', type: 'decimal', roster: 'household', required: false, min: 94.5, max: 141.5, automatic: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'long', source: 'S2',
  },
  {
    key: 'interviewDurationMs', number: 'T1', label: 'Durasi wawancara (ms)', type: 'integer', roster: 'household', required: false, min: 0, automatic: true,
    legacyKey: 'interview_duration_ms', source: 'S2',
  },
  {
    key: 'verivaliFirstOpenAt', number: 'T', label: 'Waktu formulir kunjungan pertama dibuka', type: 'date', roster: 'household', required: false, automatic: true,
    legacyKey: 'verivali_mobile_first_open_timestamp', source: 'S2',
  },
  {
    key: 'verivaliOpenedAt', number: 'T', label: 'Waktu formulir kunjungan terakhir dibuka', type: 'date', roster: 'household', required: false, automatic: true,
    legacyKey: 'verivali_mobile_opened_timestamp', source: 'S2',
  },
  {
    key: 'verivaliSavedAt', number: 'T', label: 'Waktu kunjungan terakhir disimpan', type: 'date', roster: 'household', required: false, automatic: true,
    legacyKey: 'verivali_mobile_saved_timestamp', source: 'S2',
  },
  {
    key: 'verivaliSubmittedAt', number: 'T', label: 'Waktu kunjungan dikirim', type: 'date', roster: 'household', required: false, automatic: true,
    legacyKey: 'verivali_mobile_submitted_timestamp', source: 'S2',
  },
  {
    key: 'musdesFirstOpenAt', number: 'T', label: 'Waktu formulir musdes pertama dibuka', type: 'date', roster: 'household', required: false, automatic: true,
    legacyKey: 'musdes_mobile_first_open_timestamp', source: 'S2',
  },
  {
    key: 'musdesOpenedAt', number: 'T', label: 'Waktu formulir musdes terakhir dibuka', type: 'date', roster: 'household', required: false, automatic: true,
    legacyKey: 'musdes_mobile_opened_timestamp', source: 'S2',
  },
  {
    key: 'musdesSavedAt', number: 'T', label: 'Waktu musdes terakhir disimpan', type: 'date', roster: 'household', required: false, automatic: true,
    legacyKey: 'musdes_mobile_saved_timestamp', source: 'S2',
  },
  {
    key: 'musdesSubmittedAt', number: 'T', label: 'Waktu hasil musdes dikirim', type: 'date', roster: 'household', required: false, automatic: true,
    legacyKey: 'musdes_mobile_submitted_timestamp', source: 'S2',
  },
  {
    key: 'musdesServerSubmittedAt', number: 'T', label: 'Waktu hasil musdes diterima server', type: 'date', roster: 'household', required: false, automatic: true,
    legacyKey: 'musdes_server_submit_date', source: 'S2',
  },
]
