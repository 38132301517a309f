/**
 * Where trials run: as single tasks over native matrices that live on the executors, or as ordinary Spark jobs from the driver.
 * The planner chooses from sizes and slots; the runner keeps the slots busy from first ask to last tell.
 */
package io.trainyard.tuning.placement;
