package io.trainyard.jobs.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a benchmark found.
 *
 * @param text a table, for people
 * @param json the same numbers, for programs
 */
record Report(String text, ObjectNode json) {}
