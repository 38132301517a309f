package io.trainyard.jobs.card;

import io.trainyard.jobs.card.Document.Block;
import io.trainyard.jobs.card.Document.Code;
import io.trainyard.jobs.card.Document.Paragraph;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.Flavor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a version is put to use: what stands in the code are names that the registry has checked, and no others. */
record CardLoading(String model, Optional<ModelVersion> version, Bundle bundle) {
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Paragraph("In Spark, by the alias that it holds, on the rows of the section 'score':"));
        blocks.add(new Code("bash", "trainyard score pipeline.yaml --model %s@ALIAS".formatted(model)));
        boolean booster = bundle.flavor() == Flavor.XGBOOST;
        if (booster) {
            blocks.add(new Paragraph(
                    "In a plain JVM, with registry-client alone; rows are raw values by the features' names:"));
            blocks.add(new Code("java", """
                    registry.fetch(registry.%s.orElseThrow(), Path.of("model"));
                    Scorer scorer = Scorer.open(Path.of("model"));
                    Prediction prediction = scorer.score(row);""".formatted(lookup())));
        }
        blocks.add(
                new Paragraph(
                        "In Python, from the folder of the bundle, on encoded columns, whose names and order its signature gives:"));
        blocks.add(new Code("python", """
                import mlflow
                model = mlflow.%s.load_model("model")""".formatted(booster ? "xgboost" : "spark")));
        if (bundle.calibration().isPresent()) {
            blocks.add(
                    new Paragraph(
                            "That is the booster without its calibration, for which mlflow.pyfunc loads nothing; probabilities are, of a DMatrix of such columns:"));
            blocks.add(new Code("python", """
                    import json, numpy
                    points = json.load(open("model/calibration.json"))
                    margins = model.predict(rows, output_margin=True)
                    probabilities = numpy.interp(margins, points["margins"], points["probabilities"])"""));
        }
        return blocks;
    }

    private String lookup() {
        return version.map(known -> "version(\"%s\", %d)".formatted(model, known.number()))
                .orElse("byAlias(\"%s\", \"champion\")".formatted(model));
    }
}
