/* Fits a process's diagram into its place: the whole of it, or on a phone as large as one can read, to be scrolled sideways. */
(() => {
    'use strict';
    /* Below this no name of a step can be read; where the place is wide the whole diagram is worth more. */
    const READABLE = 0.65;
    const WIDE = 600;
    const EDGE = 12;

    /* What is marked is in the middle of what one sees first; `below` is room for what hangs under the steps. */
    window.fitDiagram = (place, viewer, buttons, marked, below = 0) => {
        // The wheel and a finger scroll the page; the buttons are for the diagram.
        viewer.get('zoomScroll').toggle(false);
        const canvas = viewer.get('canvas');
        const drawing = canvas.getContainer().parentNode;
        const fit = () => {
            if (!place.clientWidth) {
                return;
            }
            const whole = canvas.viewbox().inner;
            const scale = Math.min(1, Math.max((place.clientWidth - 2 * EDGE) / whole.width, place.clientWidth < WIDE ? READABLE : 0));
            drawing.style.width = Math.max(place.clientWidth, whole.width * scale + 2 * EDGE) + 'px';
            drawing.style.height = whole.height * scale + 2 * EDGE + below + 'px';
            canvas.resized();
            canvas.viewbox({
                x: whole.x - (drawing.clientWidth / scale - whole.width) / 2,
                y: whole.y - EDGE / scale,
                width: drawing.clientWidth / scale,
                height: drawing.clientHeight / scale,
            });
            if (marked) {
                place.scrollLeft = (marked.x + marked.width / 2 - whole.x) * scale + EDGE - place.clientWidth / 2;
            }
            if (drawing.clientWidth > place.clientWidth) {
                place.tabIndex = 0;
            } else {
                place.removeAttribute('tabindex');
            }
        };
        fit();
        let width = place.clientWidth;
        new ResizeObserver(() => {
            if (place.clientWidth !== width) {
                width = place.clientWidth;
                fit();
            }
        }).observe(place);
        for (const button of buttons) {
            button.addEventListener('click', () => {
                if (button.dataset.zoom === 'all') {
                    fit();
                } else {
                    canvas.zoom(canvas.zoom() * (button.dataset.zoom === 'in' ? 1.3 : 1 / 1.3));
                }
            });
        }
    };
})();
