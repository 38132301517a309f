/**
 * What a pipeline declares about its data: sources, where they are, the training set that is made of them and how it is split.
 * Validated records and nothing else: no Spark, no file access, no other package of this project.
 */
package io.trainyard.features.view;
