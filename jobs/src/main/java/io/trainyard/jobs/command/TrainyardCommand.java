package io.trainyard.jobs.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The root of the command line. */
@Command(
        name = "trainyard",
        description = "Trains models on Spark: versioned features, parallel hyperparameter search, a model registry.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example: trainyard run pipeline.yaml", "Each command has its own --help, with an example."},
        subcommands = {
            RunCommand.class,
            TrainCommand.class,
            TuneCommand.class,
            ScoreCommand.class,
            MonitorCommand.class,
            RetrainCommand.class,
            RetainCommand.class,
            FeaturesCommand.class,
            DatasetCommand.class,
            ModelsCommand.class,
            StudyCommand.class,
            ValidateCommand.class,
            SchemaCommand.class,
            DeployCommand.class,
            DoctorCommand.class,
            DemoDataCommand.class,
            HelpCommand.class
        })
final class TrainyardCommand {}
