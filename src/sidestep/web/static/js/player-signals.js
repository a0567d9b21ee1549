// What the player may do beside showing: each is off until somebody wants it on this device.
const key = (name) => `sidestep.${name}`;
export const isOn = (name) => localStorage.getItem(key(name)) === "yes";
export const remember = (name, wanted) => localStorage.setItem(key(name), wanted ? "yes" : "no");

let audio = null;

// Browsers let a page sound only after a tap: called in one, so that the end of a timer may be heard.
export function mayBeHeard() {
  if (isOn("sound")) audio ??= new AudioContext();
}

export function tell(isEnd) {
  if (isOn("vibration") && navigator.vibrate) navigator.vibrate(isEnd ? [180, 90, 180] : 140);
  if (!isOn("sound")) return;
  audio ??= new AudioContext();
  const tone = audio.createOscillator(), loudness = audio.createGain();
  tone.frequency.value = isEnd ? 660 : 520;
  loudness.gain.setValueAtTime(0.2, audio.currentTime);
  loudness.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.35);
  tone.connect(loudness).connect(audio.destination);
  tone.start(); tone.stop(audio.currentTime + 0.36);
}
