/** What a model's predictions hang on, column by column. Knows boosters and the rows of a matrix, and nothing of Spark. */
package io.trainyard.tuning.explanation;
