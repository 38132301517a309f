/**
 * What the columns of a table look like, and how far two looks are apart. One pass over a table makes a {@link
 * io.trainyard.features.profile.Profile}: small, stored as JSON, and mergeable, so that profiles of days add up to one of a week. {@link
 * io.trainyard.features.profile.Drift} compares two of them without any table. Depends on {@code source} for messages, and on Spark (in
 * {@code Profiles} alone), DataSketches, commons-math and Jackson.
 */
package io.trainyard.features.profile;
