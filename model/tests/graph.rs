//! Pictures of the catalog: nothing overlaps, nothing is crossed, nothing is left out in silence.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod support;

use std::{collections::BTreeSet, time::Instant};

use ops_model::{
    Catalog, CatalogIndex, Context, Entity, EntityKind, EntityRef, Relation, RelationKind, Standing,
    catalog::Source,
    graph::{
        Direction, Edge, Group, MOST, Network, Node, Picture, Rect, Viewport, flow, layout, neighbourhood, step,
        topology, wrapped,
    },
    health::health,
    migration::wave,
};
use proptest::prelude::*;
use serde_json::json;
use support::{at, catalog, id, log};

fn node(at: usize, title: String, group: usize, column: usize) -> Node {
    let id = EntityRef::new(EntityKind::Service, format!("s{at}"));
    Node { id, title, standing: Standing::Unproven, group, column }
}

fn framed(framed: bool) -> Group {
    let id = framed.then(|| id("environment:e"));
    Group { framed, id, title: "an environment".to_owned(), ..Group::default() }
}

/// Any boxes in any columns and frames, with any relations between them.
fn any_network() -> impl Strategy<Value = Network> {
    let node = ("[a-zA-Z. -]{0,40}", 0_usize..6, 0_usize..4);
    let frames = (1_usize..6, any::<bool>());
    (prop::collection::vec(node, 0..40), frames, prop::collection::vec((0_usize..40, 0_usize..40), 0..60)).prop_map(
        |(nodes, (groups, with_frames), pairs)| {
            let groups = if with_frames { groups } else { 1 };
            let count = nodes.len();
            let nodes = nodes.into_iter().enumerate();
            let edges = pairs.into_iter().filter(|(from, to)| from != to && *from < count && *to < count);
            Network {
                nodes: nodes
                    .map(|(at, (title, group, column))| self::node(at, title, group % groups, column))
                    .collect(),
                edges: edges.map(|(from, to)| Edge { from, to, kind: RelationKind::RunsOn }).collect(),
                groups: vec![framed(with_frames); groups],
            }
        },
    )
}

fn has_end(place: &Rect, (x, y): (i32, i32)) -> bool {
    let beside = (x == place.x || x == place.right()) && place.y <= y && y <= place.bottom();
    beside || y == place.bottom() && place.x <= x && x <= place.right()
}

/// The rectangles that a route may touch: of a curve the one that its ends span, of a straight one its pieces.
fn pieces(points: &[(i32, i32)]) -> impl Iterator<Item = Rect> {
    points.windows(2).map(|pair| {
        let ((x1, y1), (x2, y2)) = (pair[0], pair[1]);
        Rect::new(x1.min(x2), y1.min(y2), (x1 - x2).abs(), (y1 - y2).abs())
    })
}

/// Whether a piece, which may be a line without any width, goes through the inside of a box.
fn goes_through(piece: &Rect, place: &Rect) -> bool {
    let inside = Rect::new(place.x + 1, place.y + 1, place.width - 2, place.height - 2);
    let beside_x = piece.right() < inside.x || inside.right() < piece.x;
    let beside_y = piece.bottom() < inside.y || inside.bottom() < piece.y;
    !beside_x && !beside_y
}

fn assert_sound(network: &Network, picture: &Picture) {
    assert_eq!(picture.boxes.len(), network.nodes.len());
    assert_eq!(picture.routes.len(), network.edges.len());
    assert_eq!(picture.frames.len(), network.groups.len());
    let whole = Rect::new(0, 0, picture.width, picture.height);
    for (at, place) in picture.boxes.iter().enumerate() {
        assert!(whole.holds(place), "box {at} {place:?} is outside of {whole:?}");
        let frame = &picture.frames[network.nodes[at].group].place;
        assert!(frame.holds(place), "box {at} {place:?} is outside of its frame {frame:?}");
        for (other_at, other) in picture.boxes.iter().enumerate().skip(at + 1) {
            assert!(!place.overlaps(other), "boxes {at} {place:?} and {other_at} {other:?} overlap");
        }
        for frame in picture.frames.iter().filter(|frame| frame.head.width > 0) {
            assert!(!place.overlaps(&frame.head), "box {at} {place:?} lies on a head {:?}", frame.head);
        }
    }
    for (at, frame) in picture.frames.iter().enumerate() {
        assert!(whole.holds(&frame.place), "frame {at} {frame:?} is outside of {whole:?}");
        for other in &picture.frames[at + 1..] {
            assert!(!frame.place.overlaps(&other.place), "frames {frame:?} and {other:?} overlap");
        }
    }
    for (edge, route) in network.edges.iter().zip(&picture.routes) {
        let (first, last) = (route.points.first().unwrap(), route.points.last().unwrap());
        assert!(has_end(&picture.boxes[edge.from], *first), "{edge:?} does not start at its box: {route:?}");
        assert!(has_end(&picture.boxes[edge.to], *last), "{edge:?} does not end at its box: {route:?}");
        for piece in pieces(&route.points) {
            assert!(whole.holds(&piece), "{edge:?} leaves the picture: {route:?} of {whole:?}");
            for (at, place) in picture.boxes.iter().enumerate() {
                assert!(!goes_through(&piece, place), "{edge:?} goes through box {at} {place:?}: {route:?}");
            }
        }
        assert!(!route.path().is_empty() && !route.tip().is_empty());
    }
}

proptest! {
    #[test]
    fn nothing_overlaps_and_no_relation_crosses_a_box(network in any_network(), width in 100_i32..2600) {
        let picture = layout(&network, width);
        assert_sound(&network, &picture);
        prop_assert_eq!(layout(&network, width), picture, "the same input gives the same picture");
    }

    #[test]
    fn a_picture_cannot_be_pushed_out_of_sight(moves in prop::collection::vec((-900_i32..900, -900_i32..900, 40_i32..250), 0..20)) {
        let size = (600, 400);
        let mut view = Viewport::default();
        for (x, y, percent) in moves {
            view = view.panned(x, y, size).zoomed(percent, (x.abs() % 600, y.abs() % 400), size);
            let place = Rect::new(view.x, view.y, 600 * view.percent / 100, 400 * view.percent / 100);
            let whole = Rect::new(0, 0, 600, 400);
            prop_assert!(whole.holds(&place) || place.holds(&whole), "{:?}", view);
            prop_assert_eq!(Viewport::parse(&view.print()), view);
        }
    }

    #[test]
    fn what_has_the_focus_is_brought_into_sight(x in 0_i32..500, y in 0_i32..350, percent in 100_i32..400) {
        let place = Rect::new(x, y, 100, 50);
        let size = (600, 400);
        let view = Viewport::default().zoomed(percent, (600, 400), size).showing(place, size);
        let left = view.x + x * view.percent / 100;
        let top = view.y + y * view.percent / 100;
        prop_assert!(left >= 0 && top >= 0 && left < 600 && top < 400, "{:?}: {} {}", view, left, top);
    }

    #[test]
    fn arrow_keys_reach_every_box(network in any_network(), width in 100_i32..1600) {
        let picture = layout(&network, width);
        let stops = picture.stops();
        let links: Vec<_> = network.edges.iter().map(|edge| (edge.from, edge.to)).collect();
        if !network.nodes.is_empty() {
            let mut seen = BTreeSet::from([0]);
            let mut open = vec![0];
            while let Some(stop) = open.pop() {
                for direction in [Direction::Left, Direction::Right, Direction::Up, Direction::Down] {
                    if let Some(next) = step(&stops, &links, stop, direction) {
                        prop_assert!(next != stop);
                        if seen.insert(next) { open.push(next); }
                    }
                }
            }
            for at in 0..network.nodes.len() {
                prop_assert!(seen.contains(&at), "no key leads to box {} {:?} of {:?}", at, stops[at], stops);
            }
        }
    }

    #[test]
    fn words_are_broken_into_two_lines_at_most_and_lose_nothing_in_silence(text in ".{0,60}", room in 20_i32..300) {
        let lines = wrapped(&text, room, 13);
        prop_assert!(lines.len() <= 2);
        let cut = lines.iter().any(|line| line.ends_with('…'));
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        prop_assert!(cut || letters(&lines.concat()) == letters(&text), "{:?}", lines);
    }
}

fn shown(unfolded: &[&str]) -> Network {
    let index = catalog();
    let log = log(&index, &[]);
    let unfolded = unfolded.join(" ");
    topology(Context { index: &index, log: &log, now: at(0) }, &unfolded)
}

#[test]
fn the_topology_has_what_runs_where_and_what_has_no_place_is_a_gap() {
    let network = shown(&[]);
    let groups: Vec<(String, usize)> = network
        .groups
        .iter()
        .enumerate()
        .map(|(at, group)| (group.key(), network.nodes.iter().filter(|node| node.group == at).count()))
        .collect();
    let expected = [("environment:prod", 7), ("environment:next", 0), ("-", 1)];
    assert_eq!(groups, expected.map(|(key, count)| (key.to_owned(), count)));
    assert!(network.groups[1].planned && !network.groups[0].planned);
    let edges: BTreeSet<String> = network
        .edges
        .iter()
        .map(|edge| {
            let name = |at: usize| network.nodes[at].id.to_string();
            format!("{} {} {}", name(edge.from), edge.kind, name(edge.to))
        })
        .collect();
    let expected = [
        "service:git exposed-by endpoint:api",
        "service:git exposed-by endpoint:port",
        "service:git runs-on cluster:kube",
        "service:git stored-in data-store:db",
        "service:git stored-in data-store:disk",
    ];
    assert_eq!(edges, expected.map(str::to_owned).into());
    for width in [280, 520, 900, 1440] {
        let picture = layout(&network, width);
        assert_sound(&network, &picture);
        assert_eq!(picture.width, width);
        assert!(picture.frames[1].blank.is_some(), "it is said that no service is recorded");
    }
}

#[test]
fn a_frame_is_as_good_as_the_environment() {
    let index = catalog();
    let events = [("checked", 0, json!({"subject": "host:one", "expected": 1, "observed": 2}))];
    for events in [&events[..], &[]] {
        let log = log(&index, events);
        let context = Context { index: &index, log: &log, now: at(1) };
        for group in topology(context, "").groups.iter().filter(|group| group.id.is_some()) {
            let whole = health(context, group.id.as_ref().unwrap()).standing;
            assert_eq!(group.standing, Some(whole), "{}", group.title);
        }
    }
}

fn entity(name: &str) -> Entity {
    let id: EntityRef = name.parse().unwrap();
    Entity { title: id.name.to_string(), id, facts: vec![], source: Source::new(1, 1) }
}

/// Environments with so many services each, and two more things for every service.
fn large(environments: usize, services: usize) -> CatalogIndex {
    let mut catalog = Catalog::default();
    let mut relate = |from: &str, kind, to: &str| {
        let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
        catalog.relations.push(Relation { from, kind, to, source: Source::new(1, 1) });
    };
    let mut entities = Vec::new();
    for environment in 0..environments {
        let place = format!("environment:e{environment}");
        entities.push(entity(&place));
        for service in 0..services {
            let name = format!("service:s{environment}-{service}");
            let (endpoint, store) = (name.replace("service", "endpoint"), name.replace("service", "data-store"));
            relate(&name, RelationKind::RunsOn, &place);
            relate(&name, RelationKind::ExposedBy, &endpoint);
            relate(&name, RelationKind::StoredIn, &store);
            entities.extend([name, endpoint, store].iter().map(|name| entity(name)));
        }
    }
    catalog.entities = entities;
    CatalogIndex::new(catalog)
}

#[test]
fn a_large_catalog_is_folded_by_environment_with_counts_and_says_what_is_left_out() {
    let index = large(4, 200);
    let log = log(&index, &[]);
    let context = Context { index: &index, log: &log, now: at(0) };
    let network = topology(context, "");
    assert_eq!((network.nodes.len(), network.groups.len()), (0, 4));
    assert!(network.groups.iter().all(|group| group.folded && group.foldable));
    assert_eq!(network.groups[0].of_kind(EntityKind::Service), 200);
    assert_eq!(network.groups[0].standings[Standing::Unproven as usize], 600);

    let network = topology(context, "environment:e1");
    assert_eq!(network.nodes.len(), MOST);
    assert_eq!(network.groups[1].left_out, 600 - MOST);
    assert!(network.groups[0].folded && !network.groups[1].folded);
    assert_sound(&network, &layout(&network, 1300));
}

#[test]
fn what_fails_is_drawn_before_what_does_not_fit() {
    let index = large(1, 200);
    let failing = json!({"subject": "endpoint:s0-199", "expected": 1, "observed": 2});
    let log = log(&index, &[("checked", 0, failing)]);
    let network = topology(Context { index: &index, log: &log, now: at(0) }, "environment:e0");
    for name in ["endpoint:s0-199", "service:s0-199"] {
        assert!(network.nodes.iter().any(|node| node.id == id(name)), "{name}");
    }
}

#[test]
fn two_thousand_boxes_are_laid_out_in_a_moment() {
    let network = |count: usize| Network {
        nodes: (0..count).map(|at| node(at, format!("a service with number {at}"), at % 5, at % 3)).collect(),
        edges: (0..count).map(|at| Edge { from: at, to: at * 7 % count, kind: RelationKind::StoredIn }).collect(),
        groups: vec![framed(true); 5],
    };
    for width in [280, 1440] {
        let start = Instant::now();
        let picture = layout(&network(2000), width);
        let took = start.elapsed();
        println!("2,000 boxes at {width} px: {} ms", took.as_millis());
        assert_eq!(picture.boxes.len(), 2000);
        // Far above what it takes even unoptimised on a busy machine; a square law would be beyond it.
        assert!(took.as_millis() < 1500, "{took:?}");
    }
}

#[test]
fn the_neighbourhood_has_the_service_in_the_middle() {
    let index = catalog();
    let log = log(&index, &[]);
    let context = Context { index: &index, log: &log, now: at(0) };
    let network = neighbourhood(context, &id("service:git"));
    let column = |column| -> BTreeSet<String> {
        network.nodes.iter().filter(|node| node.column == column).map(|node| node.id.to_string()).collect()
    };
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(column(0), set(&["environment:prod", "cluster:kube", "repository:apps"]));
    assert_eq!(column(1), set(&["service:git"]));
    assert_eq!(column(2), set(&["release:git", "endpoint:api", "endpoint:port", "data-store:db", "data-store:disk"]));
    assert_eq!(network.edges.len(), network.nodes.len() - 1, "each is related to the service once");
    for width in [240, 420, 800] {
        assert_sound(&network, &layout(&network, width));
    }
    // With less room the last column stands in the one before, indented under what it belongs to.
    let mut further = network.clone();
    let resource = node(0, "behind the disk".to_owned(), 0, 3);
    further.nodes.push(resource);
    let (disk, behind) = (network.nodes.iter().position(|one| one.id == id("data-store:disk")).unwrap(), 9);
    assert_eq!(further.nodes.len(), behind + 1);
    further.edges.push(Edge { from: disk, to: behind, kind: RelationKind::StoredIn });
    for width in [240, 552, 800] {
        let picture = layout(&further, width);
        assert_sound(&further, &picture);
        let (over, under) = (picture.boxes[disk], picture.boxes[behind]);
        assert_eq!(width < 800, under.y > over.bottom() && under.x > over.x && under.right() == over.right());
        assert_eq!(
            picture.columns.len(),
            match width {
                240 => 0,
                552 => 3,
                _ => 4,
            }
        );
    }
    // Sideways along the relations: to the service, and on to what stores it.
    let picture = layout(&network, 800);
    let links: Vec<_> = network.edges.iter().map(|edge| (edge.from, edge.to)).collect();
    let find = |name: &str| network.nodes.iter().position(|node| node.id == id(name)).unwrap();
    let go = |from: &str, direction| step(&picture.stops(), &links, find(from), direction).unwrap();
    assert_eq!(go("repository:apps", Direction::Right), find("service:git"));
    assert_eq!(go("data-store:disk", Direction::Left), find("service:git"));
    assert_eq!(network.nodes[go("service:git", Direction::Right)].column, 2);
    // The same where there is room for one column only.
    let picture = layout(&network, 240);
    let go = |from: &str, direction| step(&picture.stops(), &links, find(from), direction);
    assert_eq!(go("repository:apps", Direction::Right), Some(find("service:git")));
    assert_eq!(go("data-store:disk", Direction::Left), Some(find("service:git")));
    assert_eq!(network.nodes[go("service:git", Direction::Right).unwrap()].column, 2);
    assert_eq!(network.nodes[go("service:git", Direction::Left).unwrap()].column, 0);
    assert_eq!(go("data-store:disk", Direction::Right), None);
}

#[test]
fn a_flow_has_a_line_for_each_thing_that_moves_and_ends_it_where_a_need_is_open() {
    let index = catalog();
    let decided = json!({"subject": "data-store:db", "disposition": "move", "step": "planned"});
    let done = json!({"subject": "data-store:disk", "disposition": "retire", "step": "done"});
    let backup = json!({"subject": "data-store:db", "result": "pass"});
    let log = log(&index, &[("step", 0, decided), ("step", 0, done), ("backup", 0, backup)]);
    let wave = wave(Context { index: &index, log: &log, now: at(1) }, &id("migration-wave:prod-to-next"));
    for width in [240, 500, 700, 1300] {
        let flow = flow(&index, &wave, width);
        let whole = Rect::new(0, 0, width, flow.height);
        assert_eq!(flow.rows.len(), 3);
        for (at, row) in flow.rows.iter().enumerate() {
            assert!(whole.holds(&row.place) && whole.holds(&row.end), "{row:?} of {whole:?}");
            assert!(!row.place.overlaps(&row.end));
            for other in &flow.rows[at + 1..] {
                assert!(!row.place.overlaps(&other.place) && !row.end.overlaps(&other.place), "{row:?} {other:?}");
            }
            let xs: Vec<i32> = row.marks.iter().map(|mark| mark.0).collect();
            assert!(xs.windows(2).all(|pair| pair[0] + 20 < pair[1]), "marks at {xs:?}");
            assert!(row.line[0].0 <= row.line[1].0 && row.line[1].0 <= row.line[2].0);
        }
        let [git, db, disk] = flow.rows.as_slice() else { panic!("three rows") };
        assert_eq!(git.line[1], git.line[0], "nothing is decided");
        assert_eq!(db.line[1], db.marks[1], "decided and backed up, not restored");
        assert_eq!(disk.line[1], disk.line[2], "done");
        assert_eq!(disk.marks.len(), 3, "what retires has no target");
        assert!(flow.to.is_none_or(|to| !to.overlaps(&disk.end) && to.holds(&db.end)), "and enters nothing");
    }
}
