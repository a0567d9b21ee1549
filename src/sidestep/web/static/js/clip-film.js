// Films with the camera of this device, says what is wrong with the picture, and sends films.
const LOOK_MS = 250;
const SMALL = { width: 54, height: 96 };
const DARK = 55;
const BRIGHT = 225;
const MOVED = 18;
const MOVED_ROW = 2;
const FAR_SHARE = 0.5;
const NEAR_SHARE = 0.985;
const TYPES = ['video/mp4;codecs=avc1.640028', 'video/mp4', 'video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm'];

const place = document.querySelector('[data-recorder]');
const form = document.querySelector('[data-film-form]');
const part = (name) => place.querySelector(`[data-${name}]`);
const show = (name, isShown) => { part(name).hidden = !isShown; };
const wait = (ms) => new Promise((go) => { setTimeout(go, ms); });

function send(film, name) {
  const filled = new FormData(form);
  if (film) filled.set('film', film, name);
  const [box, says, bar] = ['sending-part', 'sending-says', 'sending-bar'].map((each) => form.querySelector(`[data-${each}]`));
  const request = new XMLHttpRequest();
  const fail = () => { says.textContent = form.dataset.failed; setBusy(false); };
  const setBusy = (isBusy) => { for (const each of document.querySelectorAll('main button')) each.disabled = isBusy; };
  request.open('POST', form.action);
  request.upload.addEventListener('progress', (event) => {
    bar.value = event.total ? event.loaded / event.total : 0;
    says.textContent = `${form.dataset.sending} ${Math.round(100 * bar.value)} %`;
  });
  request.addEventListener('load', () => {
    if (request.status < 400 && request.responseURL !== form.action) location.assign(request.responseURL);
    else fail();
  });
  request.addEventListener('error', fail);
  box.hidden = false;
  box.scrollIntoView({ block: 'nearest' });
  setBusy(true);
  request.send(filled);
}

// Light from the brightness of the picture; distance from the rows in which something moves.
class Eye {
  constructor(video) {
    this.video = video;
    this.canvas = Object.assign(document.createElement('canvas'), SMALL);
    this.pen = this.canvas.getContext('2d', { willReadFrequently: true });
    this.before = null;
    this.rows = new Array(SMALL.height).fill(0);
  }

  look() {
    this.pen.drawImage(this.video, 0, 0, SMALL.width, SMALL.height);
    const pixels = this.pen.getImageData(0, 0, SMALL.width, SMALL.height).data;
    const grey = new Uint8Array(SMALL.width * SMALL.height);
    let sum = 0;
    for (let at = 0; at < grey.length; at += 1) {
      grey[at] = (pixels[4 * at] * 77 + pixels[4 * at + 1] * 150 + pixels[4 * at + 2] * 29) >> 8;
      sum += grey[at];
    }
    const mean = sum / grey.length;
    if (mean < DARK) return 'dark';
    if (mean > BRIGHT) return 'bright';
    return this.distance(grey);
  }

  distance(grey) {
    const before = this.before;
    this.before = grey;
    if (!before) return 'still';
    for (let row = 0; row < SMALL.height; row += 1) {
      let moved = 0;
      for (let column = 0; column < SMALL.width; column += 1) {
        const at = row * SMALL.width + column;
        moved += Math.abs(grey[at] - before[at]) > MOVED;
      }
      // What moved a moment ago still counts: nobody moves from head to feet at once.
      this.rows[row] = Math.max(this.rows[row] * 0.85, moved);
    }
    const moving = this.rows.map((moved, row) => (moved >= MOVED_ROW ? row : -1)).filter((row) => row >= 0);
    if (moving.length < 6) return 'still';
    const share = (moving.at(-1) - moving[0] + 1) / SMALL.height;
    if (share > NEAR_SHARE) return 'back';
    return share < FAR_SHARE ? 'closer' : 'good';
  }
}

class Recorder {
  constructor() {
    this.says = place.dataset;
    this.facing = 'environment';
    this.preview = part('preview');
    part('open').addEventListener('click', () => this.open());
    part('turn').addEventListener('click', () => { this.facing = this.facing === 'user' ? 'environment' : 'user'; this.open(); });
    part('record').addEventListener('click', () => this.record());
    part('end').addEventListener('click', () => { this.isStopped = true; });
    part('again').addEventListener('click', () => this.open());
    part('send').addEventListener('click', () => send(this.film, `${this.says.name}.${this.film.type.includes('mp4') ? 'mp4' : 'webm'}`));
  }

  async open() {
    this.close();
    show('trouble', false);
    show('review', false);
    try {
      this.camera = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: this.facing, width: { ideal: 1920 }, height: { ideal: 1080 }, frameRate: { ideal: 60 } },
      });
    } catch (error) {
      part('trouble').textContent = error.name === 'NotAllowedError' ? this.says.denied : this.says.missing;
      show('trouble', true);
      show('open', true);
      return;
    }
    this.preview.srcObject = this.camera;
    await this.preview.play();
    for (const [name, isShown] of [['viewfinder', true], ['open', false], ['record', true], ['turn', true], ['end', false], ['hint', true]]) show(name, isShown);
    part('viewfinder').scrollIntoView({ block: 'nearest' });
    const eye = new Eye(this.preview);
    this.looking = setInterval(() => this.hint(eye.look()), LOOK_MS);
  }

  hint(name) {
    const box = part('hint');
    if (this.hinted === name) { if (box.textContent !== this.says[name]) box.textContent = this.says[name]; }
    // A hint must hold for a moment before it is said.
    this.hinted = name;
    box.classList.toggle('warn', ['dark', 'bright', 'back', 'closer'].includes(name));
  }

  async record() {
    for (const [name, isShown] of [['record', false], ['turn', false], ['end', true]]) show(name, isShown);
    this.isStopped = false;
    if (!(await this.count(Number(this.says.wait), this.says.counting))) { this.open(); return; }
    const type = TYPES.find((each) => MediaRecorder.isTypeSupported(each));
    const recorder = new MediaRecorder(this.camera, { mimeType: type, videoBitsPerSecond: 8_000_000 });
    const pieces = [];
    recorder.addEventListener('dataavailable', (event) => pieces.push(event.data));
    const ended = new Promise((done) => { recorder.addEventListener('stop', done); });
    recorder.start(1000);
    await this.count(Number(this.says.seconds), this.says.recording);
    recorder.stop();
    await ended;
    this.film = new Blob(pieces, { type: recorder.mimeType });
    this.close();
    part('recorded').src = URL.createObjectURL(this.film);
    for (const [name, isShown] of [['viewfinder', false], ['end', false], ['hint', false], ['review', true]]) show(name, isShown);
    part('send').focus();
  }

  async count(seconds, says) {
    const count = part('count');
    for (let left = seconds; left > 0 && !this.isStopped; left -= 1) {
      count.textContent = `${says} ${left}`;
      for (let tenth = 0; tenth < 10 && !this.isStopped; tenth += 1) await wait(100);
    }
    count.textContent = '';
    return !this.isStopped;
  }

  close() {
    clearInterval(this.looking);
    for (const track of this.camera?.getTracks() ?? []) track.stop();
    this.camera = null;
  }
}

if (navigator.mediaDevices?.getUserMedia && window.MediaRecorder) {
  place.hidden = false;
  // One main action: recording comes first where there is a camera.
  form.querySelector('[data-submit]').classList.add('second');
  new Recorder();
} else {
  document.querySelector('[data-no-camera]').hidden = false;
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  send();
});
