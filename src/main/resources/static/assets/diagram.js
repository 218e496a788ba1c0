/* Draws the diagrams of a case's journey, with a mark where the case is. Without scripts the list of stages says it. */
(() => {
    'use strict';
    const SMALLEST = 0.5;

    const ids = text => (text || '').split(',').filter(Boolean);

    const draw = async (place, zooms) => {
        const viewer = new window.BpmnJS({container: place});
        const model = await fetch(place.dataset.model, {headers: {Accept: 'application/xml'}});
        if (!model.ok) {
            return false;
        }
        await viewer.importXML(await model.text());
        const canvas = viewer.get('canvas');
        const elements = viewer.get('elementRegistry');
        // The wheel and a finger scroll the page; the buttons are for the diagram.
        viewer.get('zoomScroll').toggle(false);
        const mark = (list, marker) => list.filter(id => elements.get(id)).forEach(id => canvas.addMarker(id, marker));
        mark(ids(place.dataset.done), 'case-done');
        mark(ids(place.dataset.here), 'case-here');
        const here = ids(place.dataset.here).map(id => elements.get(id)).find(Boolean);
        const middle = here && {x: here.x + here.width / 2, y: here.y + here.height / 2};
        const show = () => {
            canvas.zoom('fit-viewport', 'auto');
            if (middle && canvas.zoom() < SMALLEST) {
                canvas.zoom(SMALLEST);
                const box = canvas.viewbox();
                canvas.viewbox({x: middle.x - box.width / 2, y: middle.y - box.height / 2, width: box.width, height: box.height});
            }
        };
        show();
        for (const button of zooms) {
            button.addEventListener('click', () => {
                if (button.dataset.zoom === 'all') {
                    canvas.zoom('fit-viewport', 'auto');
                } else {
                    canvas.zoom(canvas.zoom() * (button.dataset.zoom === 'in' ? 1.3 : 1 / 1.3));
                }
            });
        }
        return true;
    };

    for (const details of document.querySelectorAll('details.drawn')) {
        const place = details.querySelector('.diagram');
        let drawn = false;
        const open = async () => {
            if (details.open && !drawn) {
                drawn = true;
                details.hidden = !await draw(place, details.querySelectorAll('[data-zoom]'));
            }
        };
        details.hidden = false;
        details.addEventListener('toggle', open);
        open();
    }
})();
