// A short tone for each side: low and from the left for left, high and from the right for right.
const PITCH_HZ = { left: 392, right: 659 };
const PAN = { left: -0.7, right: 0.7 };
const LASTS_S = 0.16;

export class Tones {
  constructor() {
    this.context = window.AudioContext ? new AudioContext() : null;
  }

  play(side) {
    const { context } = this;
    if (!context) return;
    const [tone, volume, place] = [context.createOscillator(), context.createGain(), context.createStereoPanner()];
    tone.frequency.value = PITCH_HZ[side];
    place.pan.value = PAN[side];
    volume.gain.setValueAtTime(0, context.currentTime);
    volume.gain.linearRampToValueAtTime(0.25, context.currentTime + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + LASTS_S);
    tone.connect(volume).connect(place).connect(context.destination);
    tone.start();
    tone.stop(context.currentTime + LASTS_S);
  }
}
