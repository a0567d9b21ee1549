// The mirror: the camera's newest picture to the machine, what it saw back, drawn on that picture.
import { Drawing } from './mirror-drawing.js';
import { Bars } from './mirror-bars.js';
import { Tones } from './mirror-tones.js';

const IN_FLIGHT = 2;
const SENT_EDGE = 640;
const SHOWN_EDGE = 960;
const QUALITY = 0.8;
const HEADER_BYTES = 20;
const LATELY = 30;

const stage = document.querySelector('[data-stage]');
const named = (name) => `${name[0].toUpperCase()}${name.slice(1)}`;
const part = (name) => stage.querySelector(`[data-${name}]`);

class Mirror {
  constructor(wish) {
    this.wish = wish;
    this.says = stage.dataset;
    this.canvas = part('canvas');
    this.drawing = new Drawing(this.canvas, this.says.view === 'front');
    this.bars = ['left', 'right'].map((side) => new Bars(stage, side, this.says));
    this.sent = [];
    this.free = [];
    this.number = 0;
    this.dropped = 0;
    this.delay = NaN;
    this.delays = [];
    this.shownAt = [];
    this.isEncoding = false;
    this.isReady = false;
    this.isOver = false;
    this.ears = new AbortController();
  }

  async start() {
    this.tones = new Tones();
    this.video = document.createElement('video');
    this.video.muted = true;
    this.video.playsInline = true;
    this.camera = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 }, facingMode: 'user' },
    });
    this.video.srcObject = this.camera;
    await this.video.play();
    this.sendCanvas = document.createElement('canvas');
    this.pen = this.sendCanvas.getContext('2d', { alpha: false });
    stage.hidden = false;
    this.cover(this.says.getReady);
    part('stop').focus();
    part('stop').addEventListener('click', () => this.end(), { signal: this.ears.signal });
    document.addEventListener('keydown', (event) => { if (event.key === 'Escape') this.end(); }, { signal: this.ears.signal });
    this.keepAwake();
    this.open();
  }

  open() {
    const address = new URL(this.says.line, location.href);
    address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    this.line = new WebSocket(address);
    this.line.addEventListener('open', () => this.line.send(JSON.stringify({ begin: this.wish })));
    this.line.addEventListener('message', (event) => this.hear(JSON.parse(event.data)));
    this.line.addEventListener('close', () => this.close(this.isOver ? '' : this.says.broke));
  }

  hear(answer) {
    if (answer.refused) { this.isOver = true; this.close(answer.says); return; }
    if (answer.get_ready) { this.send(performance.now()); return; }
    if (answer.ready) { this.sent.pop(); this.isReady = true; this.cover(''); this.watch(); return; }
    if ('kept' in answer) { this.leave(answer); return; }
    const slot = this.sent.shift();
    if (!slot) return;
    if (!answer.broken) this.show(slot, answer);
    this.free.push(slot);
  }

  // Ask for every new picture of the camera; where a browser cannot, for every one of the screen.
  watch() {
    const next = this.video.requestVideoFrameCallback
      ? (call) => this.video.requestVideoFrameCallback((now, about) => call(about.captureTime ?? now))
      : (call) => requestAnimationFrame((now) => call(now));
    const look = (taken) => {
      if (this.isOver || this.line.readyState !== WebSocket.OPEN) return;
      if (this.sent.length < IN_FLIGHT && !this.isEncoding) this.send(taken);
      else this.dropped += 1;
      next(look);
    };
    next(look);
  }

  send(taken) {
    const { videoWidth: width, videoHeight: height } = this.video;
    if (!width) { requestAnimationFrame(() => this.send(performance.now())); return; }
    const slot = this.free.pop() ?? { canvas: document.createElement('canvas') };
    this.copy(slot.canvas, slot.canvas.getContext('2d', { alpha: false }), SHOWN_EDGE, width, height);
    this.copy(this.sendCanvas, this.pen, SENT_EDGE, width, height);
    slot.taken = taken;
    slot.number = this.number += 1;
    this.isEncoding = true;
    this.sendCanvas.toBlob((jpeg) => {
      this.isEncoding = false;
      if (!jpeg || this.line.readyState !== WebSocket.OPEN) { this.free.push(slot); return; }
      this.sent.push(slot);
      this.line.send(new Blob([this.header(slot), jpeg]));
    }, 'image/jpeg', QUALITY);
  }

  copy(canvas, pen, edge, width, height) {
    const scale = Math.min(1, edge / Math.max(width, height));
    const [across, down] = [Math.round((width * scale) / 4) * 4, Math.round((height * scale) / 4) * 4];
    if (canvas.width !== across || canvas.height !== down) { canvas.width = across; canvas.height = down; }
    pen.drawImage(this.video, 0, 0, across, down);
  }

  header(slot) {
    const view = new DataView(new ArrayBuffer(HEADER_BYTES));
    view.setUint32(0, slot.number, true);
    view.setFloat64(4, slot.taken, true);
    view.setFloat32(12, this.delay, true);
    view.setUint32(16, this.dropped, true);
    return view.buffer;
  }

  show(slot, answer) {
    if (answer.mirror) this.drawing.draw(slot.canvas, answer);
    else this.drawing.clear();
    for (const bars of this.bars) bars.show(answer);
    if (answer.sound) this.tones.play(answer.sound);
    this.cover(answer.mirror ? (answer.points.some(Boolean) ? '' : this.says.nobody) : this.says.blind);
    this.tell(answer);
    const now = performance.now();
    this.delay = now - slot.taken;
    this.count(now);
  }

  tell(answer) {
    const minutes = Math.floor(answer.left_s / 60);
    this.write('left', `${minutes}:${String(answer.left_s % 60).padStart(2, '0')}`);
    const told = answer.other_view ? this.says[`seen${named(answer.other_view)}`] : answer.hidden ? this.says.hiddenLegs : answer.mirror ? this.cueOf(answer.cue) : '';
    const cue = answer.left_s === 0 ? this.says.done : told;
    this.write('cue', cue);
    this.write('cadence-shown', answer.slow ? this.says.slow : answer.cadence ? `${answer.cadence} ${this.says.cadence}` : '');
  }

  cueOf(name) {
    return this.says[`cue${named(name)}`];
  }

  // What is read changes once in a while; screen readers are told only then.
  write(name, text) {
    const place = part(name);
    if (place.textContent !== text) place.textContent = text;
  }

  count(now) {
    this.delays.push(this.delay);
    this.shownAt.push(now);
    if (this.delays.length < LATELY) return;
    const median = [...this.delays].sort((a, b) => a - b)[LATELY / 2];
    const rate = ((LATELY - 1) * 1000) / (now - this.shownAt[0]);
    this.write('delay-shown', `${Math.round(median)} ${this.says.delay} · ${Math.round(rate)} ${this.says.rate}`);
    stage.dataset.measured = JSON.stringify({ delay: median, rate, dropped: this.dropped });
    this.delays = [];
    this.shownAt = [];
  }

  cover(text) { this.write('cover', text); }

  async keepAwake() {
    try { this.awake = await navigator.wakeLock?.request('screen'); } catch { /* The screen may go dark; the mirror goes on. */ }
  }

  end() {
    if (this.isOver) return;
    this.isOver = true;
    if (this.line?.readyState === WebSocket.OPEN) this.line.send(JSON.stringify({ end: true }));
    else this.close('');
  }

  leave(answer) {
    this.isOver = true;
    if (answer.kept) location.assign(this.says.sessions + answer.kept);
    else this.close(answer.says ?? this.says.nothing);
  }

  close(text) {
    for (const track of this.camera?.getTracks() ?? []) track.stop();
    this.awake?.release();
    this.ears.abort();
    if (this.line && this.line.readyState < WebSocket.CLOSING) this.line.close();
    stage.hidden = true;
    if (text) complain(text);
    startButton.disabled = false;
    startButton.focus();
  }
}

const startRow = document.querySelector('[data-start-row]');
const startButton = startRow?.querySelector('[data-start]');

function complain(text) {
  const trouble = document.querySelector('[data-trouble]');
  trouble.textContent = text;
  trouble.hidden = !text;
}

function reason(error) {
  if (error.name === 'NotAllowedError') return stage.dataset.denied;
  if (error.name === 'NotReadableError') return stage.dataset.busy;
  return stage.dataset.missing;
}

if (startRow) {
  const hasCamera = Boolean(navigator.mediaDevices?.getUserMedia);
  startRow.hidden = !hasCamera;
  document.querySelector('[data-no-camera]').hidden = hasCamera;
  startButton.addEventListener('click', async () => {
    complain('');
    startButton.disabled = true;
    const mirror = new Mirror(startButton.dataset.start);
    try { await mirror.start(); } catch (error) { mirror.isOver = true; mirror.close(reason(error)); }
  });
}
