/**
 * What whoever uses or reviews a model should know of it, as Markdown and as HTML that needs nothing but itself: values in, texts out.
 * Whatever comes from data or from a pipeline file is escaped in one place, where a document is written.
 */
package io.trainyard.jobs.card;
