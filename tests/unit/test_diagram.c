/*
 * Nothing on a drawing of states may lie on anything else: checked on the plans of lanes, of a
 * handful that are hard each in its own way and of many that are made by chance.
 */
#include "unit/unit.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"
#include "layout/diagram.h"
#include "layout/network.h"
#include "support/plan_check.h"

enum { NODES = 14, ARROWS = 40, LANES_BY_CHANCE = 150 };

static xs_diags *diags;
static xs_fontset *fonts;

static int open_fonts(void **state)
{
  diags = xs_diags_new(xs_host_posix());
  return xs_fontset_open(xs_host_posix(), xs_text_of(XS_TEST_ROOT "/fonts/fonts.xml"), NULL, 0,
                         diags, &fonts) != XS_OK;
}

static int close_fonts(void **state)
{
  xs_fontset_close(fonts);
  xs_diags_free(diags);
  return 0;
}

static size_t check_lane(const xs_diagram_lane *lane)
{
  xs_arena *a = xs_arena_new(xs_host_posix());
  xs_diagram_plan p;
  size_t curved = 0;
  assert_int_equal(xs_diagram_plan_lane(a, fonts, lane, diags, &p), XS_OK);
  assert_int_equal(p.node_count, lane->node_count);
  plan_check(&p, lane);
  for (size_t i = 0; i < p.route_count; i++) curved += p.routes[i].curved;
  xs_arena_free(a);
  return curved;
}

/* ---- lanes ----------------------------------------------------------------------------------- */

static const xs_diagram_term terms[] = {
    {XS_LIT_INIT("10日"), XS_LIT_INIT("《集体合同规定》第四十二条")},
    {XS_LIT_INIT("待核实"), {NULL, 0}}};

static xs_diagram_node node_named(const char *name)
{
  return (xs_diagram_node){.name = xs_text_of(name), .id = XS_LIT("id")};
}

static xs_diagram_arrow arrow_between(size_t from, size_t to, size_t term_count)
{
  return (xs_diagram_arrow){from, to, XS_LIT("报送审查"), XS_LIT("起草"), terms, term_count};
}

static void test_diagram__back_arrows_loops_and_bundles_keep_apart(void **state)
{
  xs_diagram_node nodes[] = {node_named("草案"), node_named("审议通过"), node_named("已签字"),
                             node_named("已生效并已经公布的合同"), node_named("解除")};
  nodes[0].first = true;
  nodes[1].marked = XS_LIT("k1、k2");
  nodes[4].final = true;
  const xs_diagram_arrow arrows[] = {
      arrow_between(0, 1, 1), arrow_between(0, 1, 0), arrow_between(1, 2, 2),
      arrow_between(2, 3, 0), arrow_between(3, 3, 2), arrow_between(3, 3, 1),
      arrow_between(3, 1, 1), arrow_between(2, 1, 0), arrow_between(0, 4, 0),
      arrow_between(1, 4, 0), arrow_between(2, 4, 1), arrow_between(3, 4, 0),
      arrow_between(0, 0, 1)};
  check_lane(&(xs_diagram_lane){XS_LIT("合同"), XS_LIT("contract"), 1, nodes, XS_COUNT(nodes),
                                arrows, XS_COUNT(arrows)});
}

static void test_diagram__what_nothing_ties_together_is_drawn_below(void **state)
{
  xs_diagram_node nodes[] = {node_named("甲"), node_named("乙"), node_named("丙"),
                             node_named("丁")};
  const xs_diagram_arrow arrows[] = {arrow_between(2, 3, 1)};
  check_lane(
      &(xs_diagram_lane){XS_LIT("孤"), XS_LIT("lone"), 0, nodes, XS_COUNT(nodes), arrows, 1});
  check_lane(&(xs_diagram_lane){XS_LIT("空"), XS_LIT("none"), 0, nodes, 1, NULL, 0});
  check_lane(&(xs_diagram_lane){XS_LIT("空"), XS_LIT("none"), 0, NULL, 0, NULL, 0});
}

static uint32_t next_number(uint32_t *seed, uint32_t below)
{
  *seed = *seed * 1664525 + 1013904223;
  return (*seed >> 8) % below;
}

static void test_diagram__lanes_by_chance_keep_apart(void **state)
{
  static const char *const names[] = {"草案", "审议", "已签字", "已经发出整改意见书", "终止"};
  size_t curved = 0;
  for (uint32_t i = 0; i < LANES_BY_CHANCE; i++) {
    uint32_t seed = i;
    xs_diagram_node nodes[NODES];
    xs_diagram_arrow arrows[ARROWS];
    size_t node_count = 1 + next_number(&seed, NODES), arrow_count = 0;
    size_t wanted = node_count + next_number(&seed, 10);
    for (size_t j = 0; j < node_count; j++) {
      nodes[j] = node_named(names[next_number(&seed, XS_COUNT(names))]);
      if (j) arrows[arrow_count++] = arrow_between(next_number(&seed, (uint32_t)j), j, j % 3);
    }
    while (arrow_count < wanted) {
      size_t from = next_number(&seed, (uint32_t)node_count);
      size_t to = next_number(&seed, (uint32_t)node_count);
      arrows[arrow_count++] = arrow_between(from, to, from % 3);
    }
    nodes[0].first = true;
    curved += check_lane(&(xs_diagram_lane){XS_LIT("随"), XS_LIT("chance"), 2, nodes, node_count,
                                            arrows, arrow_count});
  }
  assert_in_range(curved, 0, LANES_BY_CHANCE / 10); /* curves are for what cannot be helped */
}

/* ---- the sheet ------------------------------------------------------------------------------- */

static xs_pagelist *draw(const xs_diagram *d)
{
  xs_pagelist *list = NULL;
  assert_int_equal(xs_diagram_draw(xs_host_posix(), d, fonts, diags, &list), XS_OK);
  return list;
}

static void test_diagram__paper_is_as_small_as_can_be_read(void **state)
{
  xs_diagram_node nodes[NODES];
  xs_diagram_arrow arrows[NODES];
  for (size_t i = 0; i < NODES; i++) {
    nodes[i] = node_named("已生效");
    arrows[i] = arrow_between(i ? i - 1 : 0, i, 1);
  }
  const xs_diagram_lane small = {XS_LIT("争议"), XS_LIT("dispute"), 3, nodes, 4, arrows, 4};
  const xs_diagram_lane tall = {XS_LIT("合同"), XS_LIT("contract"), 1, nodes, NODES, arrows, NODES};
  const xs_diagram_lane lanes[] = {tall, small, small, tall};
  xs_pagelist *one = draw(&(xs_diagram){XS_LIT("图"), XS_LIT("一"), XS_NO_TEXT, &small, 1});
  xs_pagelist *four = draw(&(xs_diagram){XS_LIT("图"), XS_LIT("四"), XS_LIT("脚注"), lanes, 4});
  assert_int_equal(one->page_count, 1);
  assert_int_equal(one->pages[0].height, xs_len_of_micron(210000));  /* A4, lying */
  assert_int_equal(four->pages[0].height, xs_len_of_micron(594000)); /* A2, upright */
  xs_pagelist_free(one);
  xs_pagelist_free(four);
}

static void test_diagram__same_words_give_the_same_page(void **state)
{
  xs_diagram_node nodes[] = {node_named("草案"), node_named("已签字")};
  const xs_diagram_arrow arrows[] = {arrow_between(0, 1, 2), arrow_between(1, 0, 0)};
  const xs_diagram_lane lane = {XS_LIT("合同"), XS_LIT("contract"), 1, nodes, 2, arrows, 2};
  const xs_diagram d = {XS_LIT("图"), XS_LIT("全国"), XS_NO_TEXT, &lane, 1};
  xs_buf dumps[2];
  for (size_t i = 0; i < 2; i++) {
    xs_pagelist *list = draw(&d);
    xs_buf_init(&dumps[i], xs_host_posix(), XS_MAX_BUF_BYTES);
    xs_pagelist_dump(list, &dumps[i]);
    xs_pagelist_free(list);
  }
  assert_true(xs_text_equal(xs_buf_view(&dumps[0]), xs_buf_view(&dumps[1])));
  xs_buf_free(&dumps[0]);
  xs_buf_free(&dumps[1]);
}

static void test_diagram__too_many_states_are_refused(void **state)
{
  static xs_diagram_node nodes[XS_MAX_DIAGRAM_NODES + 1];
  const xs_diagram_lane lane = {XS_LIT("多"), XS_LIT("many"), 4, nodes, XS_COUNT(nodes), NULL, 0};
  xs_diags *said = xs_diags_new(xs_host_posix());
  xs_arena *a = xs_arena_new(xs_host_posix());
  xs_diagram_plan p;
  xs_diag_view view;
  assert_int_equal(xs_diagram_plan_lane(a, fonts, &lane, said, &p), XS_ELIMIT);
  assert_true(xs_diags_view(said, 0, &view));
  assert_true(xs_text_is(view.slug, "limit"));
  xs_arena_free(a);
  xs_diags_free(said);
}

/* ---- the network ----------------------------------------------------------------------------- */

static int64_t cost_of(const xs_network_edge *edges, size_t count, const xs_len *places)
{
  int64_t cost = 0;
  for (size_t i = 0; i < count; i++) {
    xs_len length = places[edges[i].to] - places[edges[i].from];
    assert_true(length >= edges[i].least);
    cost += (int64_t)length * edges[i].weight;
  }
  return cost;
}

/* The least cost that any places below `most` have. */
static int64_t try_all(const xs_network_edge *edges, size_t count, size_t node_count, xs_len most)
{
  int64_t least = INT64_MAX;
  xs_len places[5] = {0};
  for (;;) {
    bool fits = true;
    for (size_t i = 0; i < count && fits; i++)
      fits = places[edges[i].to] - places[edges[i].from] >= edges[i].least;
    int64_t cost = fits ? cost_of(edges, count, places) : least;
    if (cost < least) least = cost;
    size_t i = 0;
    while (i < node_count && ++places[i] == most) places[i++] = 0;
    if (i == node_count) return least;
  }
}

static void test_diagram__network_costs_as_little_as_can_be(void **state)
{
  for (uint32_t i = 0; i < 60; i++) {
    uint32_t seed = i;
    xs_network_edge edges[8];
    xs_len places[5];
    size_t count = 0;
    for (size_t node = 1; node < 5; node++)
      edges[count++] = (xs_network_edge){next_number(&seed, (uint32_t)node), node,
                                         (xs_len)next_number(&seed, 2), next_number(&seed, 4)};
    while (count < XS_COUNT(edges)) {
      size_t to = 1 + next_number(&seed, 4);
      edges[count++] = (xs_network_edge){next_number(&seed, (uint32_t)to), to,
                                         (xs_len)next_number(&seed, 3), next_number(&seed, 5)};
    }
    xs_arena *a = xs_arena_new(xs_host_posix());
    assert_int_equal(xs_network_solve(a, edges, count, places, 5), XS_OK);
    assert_int_equal(cost_of(edges, count, places), try_all(edges, count, 5, 8));
    xs_arena_free(a);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_diagram__back_arrows_loops_and_bundles_keep_apart),
      cmocka_unit_test(test_diagram__what_nothing_ties_together_is_drawn_below),
      cmocka_unit_test(test_diagram__lanes_by_chance_keep_apart),
      cmocka_unit_test(test_diagram__paper_is_as_small_as_can_be_read),
      cmocka_unit_test(test_diagram__same_words_give_the_same_page),
      cmocka_unit_test(test_diagram__too_many_states_are_refused),
      cmocka_unit_test(test_diagram__network_costs_as_little_as_can_be),
  };
  return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
