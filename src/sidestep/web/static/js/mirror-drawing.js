// Draws a picture of the mirror: the person as in a mirror, her legs, the line over the standing foot.
const PARTS = { hip: 6, knee: 8, ankle: 10, heel: 12, toe: 14 };
const RIM = '#ffffff';
const INK = '#14191a';

export class Drawing {
  constructor(canvas, isTurned) {
    this.canvas = canvas;
    this.pen = canvas.getContext('2d', { alpha: false });
    this.isTurned = isTurned;
    const style = getComputedStyle(canvas);
    this.colours = { left: style.getPropertyValue('--left').trim(), right: style.getPropertyValue('--right').trim() };
  }

  clear() {
    this.pen.fillStyle = INK;
    this.pen.fillRect(0, 0, this.canvas.width, this.canvas.height);
  }

  draw(picture, answer) {
    const { canvas, pen } = this;
    if (canvas.width !== picture.width || canvas.height !== picture.height) {
      canvas.width = picture.width;
      canvas.height = picture.height;
    }
    pen.setTransform(this.isTurned ? -1 : 1, 0, 0, 1, this.isTurned ? canvas.width : 0, 0);
    pen.drawImage(picture, 0, 0);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    const sides = answer.standing === 'left' ? ['right', 'left'] : ['left', 'right'];
    for (const side of sides) this.leg(this.legOf(answer.points, side), side, side === answer.standing);
  }

  legOf(points, side) {
    const place = (row) => {
      const point = points[row + (side === 'right' ? 1 : 0)];
      if (!point) return null;
      return [(this.isTurned ? 1 - point[0] : point[0]) * this.canvas.width, point[1] * this.canvas.height];
    };
    return Object.fromEntries(Object.entries(PARTS).map(([name, row]) => [name, place(row)]));
  }

  leg({ hip, knee, ankle, heel, toe }, side, isStanding) {
    const hair = this.hair(hip, knee, ankle);
    const colour = this.colours[side];
    const wide = hair * (isStanding ? 2.8 : 1.3);
    for (const piece of [[hip, knee, ankle], [heel, toe]]) {
      const seen = piece.filter(Boolean);
      if (seen.length < 2) continue;
      this.line(seen, wide + 1.4 * hair, RIM);
      this.line(seen, wide, colour);
    }
    if (isStanding && knee && heel && toe) this.footLine(knee, (heel[0] + toe[0]) / 2, Math.max(heel[1], toe[1]), hair);
    if (!knee) return;
    this.disc(knee, hair * (isStanding ? 3.2 : 2.4), RIM);
    this.disc(knee, hair * (isStanding ? 2.4 : 1.7), colour);
    this.letter(side, knee, hair, isStanding);
  }

  hair(hip, knee, ankle) {
    const length = hip && knee && ankle
      ? Math.hypot(hip[0] - knee[0], hip[1] - knee[1]) + Math.hypot(knee[0] - ankle[0], knee[1] - ankle[1])
      : this.canvas.height * 0.4;
    return Math.max(length / 70, 1.4);
  }

  // Upright over the middle of the foot, and above the knee how far the knee is from it.
  footLine(knee, x, y, hair) {
    const top = knee[1] - 12 * hair;
    for (const [wide, colour] of [[2.6 * hair, INK], [1.2 * hair, RIM]]) {
      this.pen.setLineDash([4 * hair, 3 * hair]);
      this.line([[x, y], [x, top]], wide, colour);
    }
    this.pen.setLineDash([]);
    const bar = [[x, knee[1] - 8 * hair], [knee[0], knee[1] - 8 * hair]];
    this.line(bar, 3.4 * hair, INK);
    this.line(bar, 1.9 * hair, RIM);
  }

  letter(side, knee, hair, isStanding) {
    const size = Math.max(hair * (isStanding ? 7 : 5.5), 14);
    const x = knee[0] + (side === 'left' ? -1 : 1) * (size + 5 * hair);
    this.pen.fillStyle = this.colours[side];
    this.pen.beginPath();
    this.pen.roundRect(x - size * 0.65, knee[1] - size * 0.65, size * 1.3, size * 1.3, size * 0.3);
    this.pen.fill();
    this.pen.fillStyle = INK;
    this.pen.font = `750 ${size}px system-ui, sans-serif`;
    this.pen.textAlign = 'center';
    this.pen.textBaseline = 'middle';
    this.pen.fillText(side === 'left' ? 'L' : 'R', x, knee[1] + size * 0.06);
  }

  line(points, wide, colour) {
    const { pen } = this;
    pen.strokeStyle = colour;
    pen.lineWidth = wide;
    pen.lineCap = pen.lineJoin = 'round';
    pen.beginPath();
    points.forEach(([x, y], index) => (index ? pen.lineTo(x, y) : pen.moveTo(x, y)));
    pen.stroke();
  }

  disc([x, y], radius, colour) {
    this.pen.fillStyle = colour;
    this.pen.beginPath();
    this.pen.arc(x, y, radius, 0, 2 * Math.PI);
    this.pen.fill();
  }
}
